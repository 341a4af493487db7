import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { exportJWK, type JWK, SignJWT } from "jose";
import type { PoolKeys } from "../model/user";

type KeyUse = "access" | "id";

/** Makes the two RSA-2048 keys of a new pool. The `kid` is base64 of 32 bytes, as Cognito's are (`+`, `/`, `=`). */
export async function newPoolKeys(poolId: string): Promise<PoolKeys> {
  const [access, id] = await Promise.all([newKey(), newKey()]);
  return { poolId, access, id };
}

async function newKey(): Promise<{ kid: string; pem: string }> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return {
    kid: randomBytes(32).toString("base64"),
    pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}
const parsed = new WeakMap<PoolKeys, Record<KeyUse, KeyPair>>();

/** The keys of a pool, parsed once. */
function keyPairs(keys: PoolKeys): Record<KeyUse, KeyPair> {
  const known = parsed.get(keys);
  if (known) return known;
  const pair = (pem: string): KeyPair => {
    const privateKey = createPrivateKey(pem);
    return { privateKey, publicKey: createPublicKey(privateKey) };
  };
  const fresh = { access: pair(keys.access.pem), id: pair(keys.id.pem) };
  parsed.set(keys, fresh);
  return fresh;
}

/** The key that access tokens are verified with. */
export function accessPublicKey(keys: PoolKeys): KeyObject {
  return keyPairs(keys).access.publicKey;
}

/** The pool's public keys as a JWK set. */
export async function jwks(keys: PoolKeys): Promise<{ keys: JWK[] }> {
  const of = async (use: KeyUse) => {
    const { kty, n, e } = await exportJWK(keyPairs(keys)[use].publicKey);
    return { alg: "RS256", e, kid: keys[use].kid, kty, n, use: "sig" } as JWK;
  };
  return { keys: [await of("id"), await of("access")] };
}

/** Signs with RS256. The header has `kid` and `alg` alone, as Cognito's. */
export async function sign(keys: PoolKeys, use: KeyUse, claims: Record<string, unknown>): Promise<string> {
  return await new SignJWT(claims)
    .setProtectedHeader({ kid: keys[use].kid, alg: "RS256" })
    .sign(keyPairs(keys)[use].privateKey);
}
