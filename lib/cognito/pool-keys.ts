import { env } from "../env";
import { KeySet } from "./key-set";

/** Next evaluates this module several times in one process. */
const shared = globalThis as typeof globalThis & { sekishoPoolKeys?: KeySet };

/** The signing keys of the pool that this deployment trusts, one set in a process. */
export function poolKeys(): KeySet {
  shared.sekishoPoolKeys ??= new KeySet(env().COGNITO_JWKS_URL);
  return shared.sekishoPoolKeys;
}
