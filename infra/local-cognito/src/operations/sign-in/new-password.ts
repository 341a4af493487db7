import { invalidParameter, notAuthorized } from "../../model/failures";
import type { User } from "../../model/user";
import { assertAttributes, missingAttributes, withVerificationReset } from "../../rules/attributes";
import { assertNotCompromised } from "../../rules/compromised";
import { assertPassword } from "../../rules/password";
import { isWritable } from "../../rules/schema";
import type { Standing } from "../../rules/sign-in";
import type { ThroughClient } from "../../store/cognito";
import { hashPassword } from "../../store/password-hash";
import { put } from "../../store/store";
import { withAttributes } from "../users/user-changes";

/**
 * Answers NEW_PASSWORD_REQUIRED. A refused password or attribute leaves the session open: the person tries again
 * with a better one.
 *
 * @param standing tells user and challenge as they are now; it throws when the answer may not be given any more.
 * @throws InvalidPasswordException, InvalidParameterException, NotAuthorizedException
 */
export async function answerNewPassword(
  context: ThroughClient,
  responses: Record<string, string>,
  standing: () => Standing,
): Promise<User> {
  const { cognito, pool } = context;
  const password = responses.NEW_PASSWORD;
  if (!password) throw invalidParameter("Missing required parameter NEW_PASSWORD");
  const asked = standing();
  assertPassword(pool, password);
  assertNotCompromised(context, password, "PASSWORD_CHANGE");
  const hashed = await hashPassword(password, asked.user);
  const { user, challenge } = standing();
  if (user.status !== "FORCE_CHANGE_PASSWORD") throw notAuthorized.sessionInvalid();
  const renewed = withAttributes(context, user, answeredAttributes(context, user, responses));
  const confirmed: User = { ...renewed, password: hashed, status: "CONFIRMED" };
  cognito.commit(put("users", confirmed), put("challenges", { ...challenge, used: true }));
  return confirmed;
}

/**
 * The user's attributes with what came as `userAttributes.<name>`.
 * @throws NotAuthorizedException for what the client may not write or has a value already,
 *   InvalidParameterException when a required one is still missing.
 */
function answeredAttributes(
  { pool, client }: ThroughClient,
  user: User,
  responses: Record<string, string>,
): Record<string, string> {
  const prefix = "userAttributes.";
  const given = Object.entries(responses)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, string] => [name.slice(prefix.length), value]);
  for (const [name] of given) {
    if (!isWritable(client.settings.WriteAttributes, name)) throw notAuthorized.attributeNotWritable();
    const isAddress = name === "email" || name === "phone_number";
    if (isAddress && user.attributes[name]) throw notAuthorized.attributeAlreadyProvided(name);
  }
  const changes = Object.fromEntries(given);
  assertAttributes(pool, changes, true);
  const attributes = withVerificationReset(user.attributes, changes);
  const [missing] = missingAttributes(pool, attributes);
  if (missing) throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
  return attributes;
}
