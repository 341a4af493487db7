import { notAuthorized } from "../../model/failures";
import type { User } from "../../model/user";
import { assertNotCompromised } from "../../rules/compromised";
import { attempted } from "../../rules/lockout";
import { nextStep, type Step } from "../../rules/next-step";
import { assertMaySignIn } from "../../rules/sign-in";
import type { InPool, ThroughClient } from "../../store/cognito";
import { passwordMatches } from "../../store/password-hash";
import { put } from "../../store/store";
import { preAuthentication } from "../sending/triggers";
import { migrate } from "./migration";
import type { SignedIn } from "./tokens";

/** `clientMetadata` of a first call reaches the triggers before the sign-in, and none after it (API reference, InitiateAuth). */
export interface Attempt {
  name: string;
  password: string;
  deviceKey?: string | undefined;
  clientMetadata?: Record<string, string> | undefined;
}

/** How far a sign-in has come: who it is, and what is asked for next. */
export interface Progress extends SignedIn {
  step: Step;
  isDeviceProven?: boolean | undefined;
}

/**
 * The password step of a sign-in, counted and judged. `proceed` goes on from here.
 *
 * @throws NotAuthorizedException also while locked out, UserNotFoundException, UserNotConfirmedException,
 *   PasswordResetRequiredException, UserLambdaValidationException and its kin.
 */
export async function authenticate(context: ThroughClient, attempt: Attempt): Promise<Progress> {
  const { cognito, pool, client } = context;
  await askTrigger(context, attempt);
  await migrate(context, attempt);
  const { user, matches, locked } = await checkPassword(context, attempt.name, attempt.password);
  if (locked) throw notAuthorized.locked();
  assertMaySignIn(user, { client, passwordMatches: matches, now: cognito.now() });
  assertNotCompromised(context, attempt.password, "SIGN_IN");
  return {
    user,
    step: nextStep(pool, user, "password"),
    source: "TokenGeneration_Authentication",
    deviceKey: attempt.deviceKey,
  };
}

/** With PreventUserExistenceErrors the trigger runs for unknown names too (developer guide, pre authentication). */
export async function askTrigger(
  context: ThroughClient,
  { name, clientMetadata }: Pick<Attempt, "name" | "clientMetadata">,
): Promise<void> {
  const { cognito, pool, client } = context;
  const user = cognito.userNamed(pool, name);
  if (!user && client.settings.PreventUserExistenceErrors !== "ENABLED") return;
  const told = user ?? { username: name, attributes: {}, status: "UNCONFIRMED" as const };
  await preAuthentication({ ...context, user: told, clientMetadata }, !user);
}

/** What a look at a password told. While locked out it counts for nothing, right or wrong. */
export interface CheckedPassword {
  user?: User | undefined;
  matches: boolean;
  locked: boolean;
}

/** The one place where a password is compared. */
export async function checkPassword(
  context: InPool,
  name: string,
  password: string,
): Promise<CheckedPassword> {
  const { cognito, pool } = context;
  const stored = cognito.userNamed(pool, name)?.password;
  // Also for unknown users and while locked: the response time must not reveal what the answer hides.
  const derived = await passwordMatches(stored, password);
  const user = cognito.userNamed(pool, name);
  if (!user) return { matches: false, locked: false };
  // Compared with what was stored before the wait: a password that was changed meanwhile did not match.
  return counted(context, user, derived && user.password === stored);
}

/** The one place where wrong passwords are counted, however they were shown. */
export function counted({ cognito }: InPool, user: User, matches: boolean): CheckedPassword {
  const { locked, after } = attempted(user.failures?.password, matches, cognito.now());
  if (after === user.failures?.password) return { user, matches, locked };
  const changed = { ...user, failures: { ...user.failures, password: after } };
  cognito.commit(put("users", changed));
  return { user: changed, matches, locked };
}
