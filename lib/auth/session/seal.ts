import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keysFor } from "../../secret-keys";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = "sekisho sealed tokens";

/**
 * Encrypts `text` for the database (AES-256-GCM, key derived from NEXTAUTH_SECRET by HKDF).
 *
 * @param purpose binds the result to its place (`session:<id>`), so that it cannot be moved to another row.
 */
export function seal(text: string, purpose: string): Buffer {
  const [key] = keysFor(PURPOSE);
  if (!key) throw new Error("There is no secret.");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** What `seal` was given, under either secret of this process; null when neither opens it. */
export function unseal(sealed: Uint8Array, purpose: string): string | null {
  for (const key of keysFor(PURPOSE)) {
    const opened = open(Buffer.from(sealed), purpose, key);
    if (opened !== null) return opened;
  }
  return null;
}

function open(sealed: Buffer, purpose: string, key: Buffer): string | null {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return (
      decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8")
    );
  } catch {
    // node:crypto throws a plain Error for a wrong key, a changed byte and a short input alike.
    return null;
  }
}
