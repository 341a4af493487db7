import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from "node:crypto";

/**
 * The server's half of SRP-6a as Cognito speaks it: the 3072-bit group of RFC 5054 with 2 as its generator, SHA-256,
 * numbers hashed as signed big-endian bytes, and a key by HKDF with "Caldera Derived Key". Source: the client in
 * amazon-cognito-identity-js (AuthenticationHelper), which is the only description there is.
 *
 * Numbers are hexadecimal in and out, as they are stored and sent.
 */

/** The prime is the one of RFC 3526, group 15. */
const PRIME = getDiffieHellman("modp15").getPrime();
const GENERATOR = 2n;
const N = BigInt(`0x${PRIME.toString("hex")}`);
/** 3072 bits, and a zero byte before them. Longer ones are not read at all. */
const LONGEST_HEX = PRIME.length * 2 + 2;

/** What a password is stored as for SRP. */
export interface Verifier {
  salt: string;
  verifier: string;
}

/** Who the password is of: both names are hashed into it. */
export interface SrpIdentity {
  /** The pool's id without its region. */
  poolName: string;
  /** USER_ID_FOR_SRP. */
  userId: string;
}

export const poolNameOf = (poolId: string) => poolId.split("_")[1] ?? "";

/** Big-endian, with a zero byte before a set high bit, as Java's BigInteger writes a positive number. */
function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}
const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const fromHex = (hex: string) => BigInt(`0x${hex}`);
const hash = (...parts: (Uint8Array | string)[]) => {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/**
 * base^exponent in the group: 2 to 4 ms. Node's Diffie-Hellman takes a quarter of that up to version 22, and 1.4 s from 24
 * on, where it makes sure each time that a prime is one.
 */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % N;
    if (bit === "1") result = (result * base) % N;
  }
  return result;
}

/** k = H(N | g). */
export const MULTIPLIER = numberOf(hash(bytesOf(N), bytesOf(GENERATOR)));

/** A salt that every client reads alike: as a number it has neither zeros nor a sign in front. */
function newSalt(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

/** v = g^x with x = H(salt | H(pool name | user id | ":" | password)). */
export function newVerifier(identity: SrpIdentity, password: string, salt = newSalt()): Verifier {
  const inner = hash(`${identity.poolName}${identity.userId}:${password}`);
  const x = numberOf(hash(bytesOf(fromHex(salt)), inner));
  return { salt, verifier: power(GENERATOR, x).toString(16) };
}

/** A verifier of no password, for somebody who does not exist. */
export function pretendedVerifier(salt: string): Verifier {
  return { salt, verifier: power(GENERATOR, numberOf(randomBytes(32))).toString(16) };
}

/** A, as the client sent it; undefined when it is none: not hexadecimal, too long, or 0 in the group. */
export function clientKey(sent: string): string | undefined {
  if (sent.length > LONGEST_HEX || !/^[0-9a-f]+$/i.test(sent)) return undefined;
  const A = fromHex(sent);
  // With 0 the key would not depend on the password (RFC 5054, 2.5.4).
  return A % N === 0n ? undefined : A.toString(16);
}

/** Whether a client's verifier is one: with 0 or 1 the key would not depend on a password. */
export function isVerifier(hex: string): boolean {
  const verifier = fromHex(hex);
  return verifier > 1n && verifier < N - 1n;
}

/** B = k·v + g^b. */
export function newServerKey(
  { verifier }: Verifier,
  b = randomBytes(32).toString("hex"),
): { b: string; B: string } {
  const B = (MULTIPLIER * fromHex(verifier) + power(GENERATOR, fromHex(b))) % N;
  return { b, B: B.toString(16) };
}

/** What the two keys and the verifier were, of one exchange. */
export interface Exchange extends Verifier {
  A: string;
  b: string;
  B: string;
}

/**
 * The signature that proves the password: HMAC with the key of the exchange over the names, the secret block's bytes and
 * the time stamp. In base64.
 */
export function expectedSignature(
  { A, b, B, verifier }: Exchange,
  identity: SrpIdentity,
  { secretBlock, timestamp }: { secretBlock: string; timestamp: string },
): string {
  const u = numberOf(hash(bytesOf(fromHex(A)), bytesOf(fromHex(B))));
  const base = (fromHex(A) * power(fromHex(verifier), u)) % N;
  const S = power(base, fromHex(b));
  const key = Buffer.from(hkdfSync("sha256", bytesOf(S), bytesOf(u), "Caldera Derived Key", 16));
  return createHmac("sha256", key)
    .update(identity.poolName)
    .update(identity.userId)
    .update(Buffer.from(secretBlock, "base64"))
    .update(timestamp)
    .digest("base64");
}
