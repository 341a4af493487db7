import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

type Context = Record<string, string>;

const CIPHER = "aes-256-gcm";
const [IV, TAG] = [12, 16];

/**
 * Stands in for the keys of AWS KMS: one key for every ARN, made when the server starts. What it encrypts is opaque, as
 * with KMS: only this server decrypts it.
 */
export class KmsKeys {
  private readonly key = randomBytes(32);

  /** @returns the ciphertext, which names the ARN and is bound to it and to the encryption context */
  encrypt(arn: string, plaintext: Uint8Array, context: Context): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(bound(arn, context));
    const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const name = Buffer.from(arn);
    return Buffer.concat([
      Buffer.from([name.length >> 8, name.length & 255]),
      name,
      iv,
      cipher.getAuthTag(),
      encrypted,
    ]);
  }

  /** @returns undefined for what this server has not encrypted, or not with that context */
  decrypt(ciphertext: Buffer, context: Context): { arn: string; plaintext: Buffer } | undefined {
    const begin = ciphertext.length < 2 ? 2 : 2 + ciphertext.readUInt16BE();
    const body = ciphertext.subarray(begin);
    if (body.length < IV + TAG) return undefined;
    const arn = ciphertext.subarray(2, begin).toString();
    const decipher = createDecipheriv(CIPHER, this.key, body.subarray(0, IV))
      .setAAD(bound(arn, context))
      .setAuthTag(body.subarray(IV, IV + TAG));
    try {
      return { arn, plaintext: Buffer.concat([decipher.update(body.subarray(IV + TAG)), decipher.final()]) };
    } catch {
      return undefined;
    }
  }
}

const bound = (arn: string, context: Context) =>
  Buffer.from(JSON.stringify([arn, ...Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))]));
