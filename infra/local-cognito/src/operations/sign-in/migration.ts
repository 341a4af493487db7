import { CognitoFailure } from "../../model/failures";
import type { User } from "../../model/user";
import type { ThroughClient } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { migratedUser } from "../sending/migration";
import { assertNamesFree, newUser } from "../users/new-user";

/**
 * Takes somebody who is not in the pool over from wherever the pool's trigger knows them. The password is the one that was
 * just typed; it is not held against the pool's policy, since it was chosen elsewhere.
 *
 * @param password absent for a forgotten one: then the user has none yet
 * @throws InvalidParameterException for attributes that the pool does not take, UnexpectedLambdaException and its kin
 */
export async function migrate(
  context: ThroughClient,
  {
    name,
    password,
    clientMetadata,
  }: { name: string; password?: string; clientMetadata?: Record<string, string> | undefined },
): Promise<void> {
  const { cognito, pool } = context;
  if (!pool.settings.LambdaConfig.UserMigration || cognito.userNamed(pool, name)) return;
  const found = await migratedUser({ ...context, clientMetadata }, name, password);
  if (!found) return;
  const status = found.isConfirmed && password !== undefined ? "CONFIRMED" : "RESET_REQUIRED";
  try {
    const planned = newUser(context, name, { given: found.attributes, status });
    const hashed = password === undefined ? undefined : await hashPassword(password, planned);
    const user: User = { ...planned, password: hashed };
    assertNamesFree(context, user);
    cognito.commit(put("users", user));
  } catch (error) {
    // Of two sign-ins at once the second finds the first one's user.
    if (!(error instanceof CognitoFailure) || error.name !== "UsernameExistsException") throw error;
  }
}
