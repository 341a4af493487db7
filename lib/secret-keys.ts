import { hkdfSync } from "node:crypto";
import { env } from "./env";

/** The secrets of this process: the one that it makes things with, then the other one that it takes them by. */
export function secrets(): string[] {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS } = env();
  return NEXTAUTH_SECRET_PREVIOUS === undefined
    ? [NEXTAUTH_SECRET]
    : [NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS];
}

/** Derived once: it takes as long as all else that is done with one. */
const derived = new Map<string, Buffer>();

/**
 * The keys for one purpose, of each secret in turn (HKDF, RFC 5869): whoever learns one of them has none of another
 * purpose, and nothing that is made for one can be taken for another. The first is for making, all are for taking.
 *
 * @returns of 32 bytes each.
 */
export function keysFor(purpose: string): Buffer[] {
  return secrets().map((secret) => {
    const known = derived.get(`${purpose} ${secret}`);
    const key = known ?? Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
    if (!known) derived.set(`${purpose} ${secret}`, key);
    return key;
  });
}
