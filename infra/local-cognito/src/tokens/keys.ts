import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { exportJWK, type JWK, SignJWT } from "jose";
import type { PoolKey, PoolKeys } from "../model/user";

type KeyUse = "access" | "id";

/** Makes the two RSA-2048 keys of a new pool. The `kid` is base64 of 32 bytes, as Cognito's are (`+`, `/`, `=`). */
export async function newPoolKeys(poolId: string): Promise<PoolKeys> {
  const [access, id] = await Promise.all([newKey(), newKey()]);
  return { poolId, access, id };
}

async function newKey(): Promise<PoolKey> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return {
    kid: randomBytes(32).toString("base64"),
    pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Long enough for the longest-lived access token, signed right before. */
const RETIRED_KEPT_MS = 24 * 60 * 60_000;

/**
 * A new pair of keys that signs from now on. The old one stays published, and what it signed stays good, until
 * `keptFor` ms have passed: until then both are in the key set, as when AWS rotates a pool's keys.
 */
export async function rotated(keys: PoolKeys, now: number, keptFor = RETIRED_KEPT_MS): Promise<PoolKeys> {
  const { access, id } = keys;
  const retired = [{ access, id, until: now + keptFor }, ...published(keys, now)];
  return { ...(await newPoolKeys(keys.poolId)), retired };
}

const published = (keys: PoolKeys, now: number) => (keys.retired ?? []).filter(({ until }) => now < until);

interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}
const parsed = new WeakMap<PoolKey, KeyPair>();

/** A key, parsed once. */
function keyPair(key: PoolKey): KeyPair {
  const known = parsed.get(key);
  if (known) return known;
  const privateKey = createPrivateKey(key.pem);
  const fresh = { privateKey, publicKey: createPublicKey(privateKey) };
  parsed.set(key, fresh);
  return fresh;
}

/** The keys that access tokens are verified with at this time, the one that signs first. */
export function accessPublicKeys(keys: PoolKeys, now: number): { kid: string; key: KeyObject }[] {
  return [keys, ...published(keys, now)].map(({ access }) => ({
    kid: access.kid,
    key: keyPair(access).publicKey,
  }));
}

/** The pool's public keys at this time as a JWK set. */
export async function jwks(keys: PoolKeys, now: number): Promise<{ keys: JWK[] }> {
  const all = [keys, ...published(keys, now)].flatMap(({ id, access }) => [id, access]);
  return { keys: await Promise.all(all.map(publicJwk)) };
}

async function publicJwk(key: PoolKey): Promise<JWK> {
  const { kty, n, e } = await exportJWK(keyPair(key).publicKey);
  return { alg: "RS256", e, kid: key.kid, kty, n, use: "sig" } as JWK;
}

/** Signs with RS256. The header has `kid` and `alg` alone, as Cognito's. */
export async function sign(keys: PoolKeys, use: KeyUse, claims: Record<string, unknown>): Promise<string> {
  return await new SignJWT(claims)
    .setProtectedHeader({ kid: keys[use].kid, alg: "RS256" })
    .sign(keyPair(keys[use]).privateKey);
}
