import { createHmac } from "node:crypto";

const STEP_MS = 30_000;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The 30-second step that a moment (ms since the epoch) lies in. */
export function stepAt(now: number): number {
  return Math.floor(now / STEP_MS);
}

/** The six digits of a step: RFC 6238 with SHA-1, which is what Cognito and every authenticator app use. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * The step that a code belongs to, one before and one after the present included (RFC 6238, section 5.2, for a
 * clock that is a little off or a person who types slowly), or undefined.
 */
export function matchingStep(secret: string, code: string, now: number): number | undefined {
  const present = stepAt(now);
  return [present, present - 1, present + 1].find((step) => totpCode(secret, step) === code);
}

/** RFC 4648 base32 without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(Number.parseInt(group.padEnd(5, "0"), 2))).join("");
}

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((character) => ALPHABET.indexOf(character).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
