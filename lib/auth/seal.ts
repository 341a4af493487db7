import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "../env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts `text` for the database (AES-256-GCM, key derived from NEXTAUTH_SECRET by HKDF).
 *
 * @param purpose binds the result to its place (`session:<id>`), so that it cannot be moved to another row.
 */
export function seal(text: string, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(env().NEXTAUTH_SECRET), nonce).setAAD(
    Buffer.from(purpose),
  );
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** What `seal` was given, under the current or the previous secret; null when neither opens it. */
export function unseal(sealed: Uint8Array, purpose: string): string | null {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS } = env();
  for (const secret of [NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS]) {
    const opened = secret === undefined ? null : open(Buffer.from(sealed), purpose, secret);
    if (opened !== null) return opened;
  }
  return null;
}

function open(sealed: Buffer, purpose: string, secret: string): string | null {
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyFrom(secret), sealed.subarray(0, NONCE_BYTES))
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

function keyFrom(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "sekisho sealed tokens", 32));
}
