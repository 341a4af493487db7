import { resourceNotFound } from "../../model/failures";
import type { Cognito } from "../../store/cognito";
import { put } from "../../store/store";
import { rotated } from "../../tokens/keys";

/**
 * Gives a pool new signing keys at once. The old ones stay published, and their tokens good, for `keptFor` ms (by
 * default a day, the longest life of an access token); then the clock retires them.
 *
 * Not an operation of the API: AWS rotates keys when it likes. For `/_local/` and for tests.
 * @throws ResourceNotFoundException
 */
export async function rotateKeys(cognito: Cognito, poolId: string, keptFor?: number): Promise<void> {
  const before = await cognito.signingKeys(poolId);
  if (!before) throw resourceNotFound.pool(poolId);
  const keys = await rotated(before, cognito.now(), keptFor);
  // Making RSA keys takes a while, in which the pool may have been deleted or rotated by another call.
  if (cognito.keys(poolId) === before) cognito.commit(put("keys", keys));
}
