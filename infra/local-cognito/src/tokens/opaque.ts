import { randomBytes, randomInt } from "node:crypto";

const random = (bytes: number) => randomBytes(bytes).toString("base64url");

/**
 * A refresh token. Callers must treat it as opaque; it has the shape and length of the real one (an encrypted
 * JWT of about 1,800 characters), so that a column or cookie that is too small shows here and not on AWS.
 */
export function newRefreshToken(): string {
  const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");
  return [header, random(256), random(12), random(980), random(16)].join(".");
}

/** A challenge session, of the real length (about 1,500 characters). */
export function newSession(): string {
  return `AYABe${random(1_130)}`;
}

/** Six digits, as they are mailed and texted. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, "0");
}

const lowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
const alphanumeric = `${lowerAlphanumeric}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** As AWS's look: "-D3LqZ9Xy". */
export const newDeviceGroupKey = () => `-${pick(alphanumeric, 8)}`;
/** 28 characters: of a family of tokens, or of a browser that is signed in (API reference, SessionDescriptionType). */
export const newSessionId = (kind: "tkn" | "sso") => `${kind}${pick(lowerAlphanumeric, 25)}`;
export const newClientId = () => pick(lowerAlphanumeric, 26);
export const newClientSecret = () => pick(lowerAlphanumeric, 52);
export const newPoolId = (region: string) => `${region}_${pick(alphanumeric, 9)}`;

/** A temporary password that satisfies any policy of this length. */
export function newTemporaryPassword(length: number): string {
  const kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!#$%*+-=?@"];
  const characters = kinds.map((kind) => pick(kind, 1));
  while (characters.length < Math.max(length, 12)) characters.push(pick(kinds.join(""), 1));
  return shuffled(characters).join("");
}

function shuffled(items: string[]): string[] {
  return items
    .map((item) => ({ item, order: randomInt(2 ** 32) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function pick(characters: string, count: number): string {
  return Array.from({ length: count }, () => characters.charAt(randomInt(characters.length))).join("");
}
