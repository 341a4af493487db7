import { z } from "zod";
import type { Cognito } from "../cognito";
import { invalidParameter, notAuthorized, notHere } from "../failures";
import type { Client } from "../model/client";
import type { Pool } from "../model/pool";
import type { User } from "../model/user";
import { signed, unsigned } from "../protocol/operation";
import { clientId, session, stringMap, userPoolId } from "../protocol/parameters";
import { assertAttributes, missingAttributes, withVerificationReset } from "../rules/attributes";
import { assertPassword } from "../rules/password";
import { isWritable } from "../rules/schema";
import { assertSecretHash } from "../rules/secret-hash";
import { assertChallenge, unknownUser } from "../rules/sign-in";
import { hashPassword } from "../store/password-hash";
import { put } from "../store/store";
import { fingerprint, newSession } from "../tokens/opaque";
import { type Completion, withTokens } from "./tokens";
import { withAttributes } from "./user-changes";

const NEW_PASSWORD = "NEW_PASSWORD_REQUIRED";

/** Every challenge of the API; those that are not built are refused by name. */
const challengeNames = [
  NEW_PASSWORD,
  "SMS_MFA",
  "EMAIL_OTP",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
  "PASSWORD_VERIFIER",
  "CUSTOM_CHALLENGE",
  "SELECT_CHALLENGE",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
  "ADMIN_NO_SRP_AUTH",
  "SMS_OTP",
  "PASSWORD",
  "WEB_AUTHN",
  "PASSWORD_SRP",
] as const;

const answer = z.object({
  ClientId: clientId,
  ChallengeName: z.enum(challengeNames),
  Session: session.optional(),
  ChallengeResponses: stringMap.default({}),
  ClientMetadata: stringMap.optional(),
});
export type Answer = z.output<typeof answer>;

export const challengeOperations = {
  AdminRespondToAuthChallenge: signed(answer.extend({ UserPoolId: userPoolId }), (cognito, request) => {
    const pool = cognito.pool(request.UserPoolId);
    return respond(cognito, pool, cognito.client(request.ClientId, pool), request);
  }),

  RespondToAuthChallenge: unsigned(answer, (cognito, request) => {
    const client = cognito.client(request.ClientId);
    return respond(cognito, cognito.pool(client.poolId), client, request);
  }),
};

/** Asks for a new password: the answer to a right temporary one. */
export function challengeNewPassword(cognito: Cognito, pool: Pool, client: Client, user: User): object {
  const token = newSession();
  cognito.commit(
    put("challenges", {
      sessionHash: fingerprint(token),
      poolId: pool.id,
      clientId: client.id,
      username: user.username,
      challenge: NEW_PASSWORD,
      expiresAt: cognito.now() + client.settings.AuthSessionValidity * 60_000,
    }),
  );
  const { sub: _, ...userAttributes } = user.attributes;
  const requiredAttributes = missingAttributes(pool, user.attributes).map((name) => `userAttributes.${name}`);
  return {
    ChallengeName: NEW_PASSWORD,
    Session: token,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(requiredAttributes),
      userAttributes: JSON.stringify(userAttributes),
    },
  };
}

function respond(cognito: Cognito, pool: Pool, client: Client, request: Answer): Promise<object> {
  const responses = request.ChallengeResponses;
  assertSecretHash(client, required(responses, "USERNAME"), responses.SECRET_HASH);
  return answerChallenge(cognito, pool, client, request, withTokens(cognito, pool, client));
}

/**
 * The answer to a challenge, by whichever door (API or Hosted UI) it came in.
 * @returns the next challenge, or what `complete` makes of the user.
 */
export async function answerChallenge(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  request: Answer,
  complete: Completion,
): Promise<object> {
  if (request.ChallengeName !== NEW_PASSWORD) throw notHere(`the challenge ${request.ChallengeName}`);
  const responses = request.ChallengeResponses;
  const name = required(responses, "USERNAME");
  const password = required(responses, "NEW_PASSWORD");
  if (!request.Session) throw invalidParameter("Missing required parameter Session");
  const sessionHash = fingerprint(request.Session);
  const standing = () => {
    const user = cognito.userNamed(pool, name);
    const challenge = cognito.challenge(sessionHash);
    if (!user && !challenge) throw unknownUser(client);
    assertChallenge(challenge, { client, user, name: NEW_PASSWORD, now: cognito.now() });
    if (user?.status !== "FORCE_CHANGE_PASSWORD") throw notAuthorized.sessionInvalid();
    return { user, challenge };
  };
  standing();
  // A refused password or attribute leaves the session open: the person tries again with a better one.
  assertPassword(pool, password);
  const hashed = await hashPassword(password);

  const { user, challenge } = standing();
  const attributes = answeredAttributes(pool, client, user, responses);
  const renewed = withAttributes(cognito, pool, user, attributes);
  const confirmed: User = { ...renewed, password: hashed, status: "CONFIRMED" };
  cognito.commit(put("users", confirmed), put("challenges", { ...challenge, used: true }));
  const source = "TokenGeneration_NewPasswordChallenge";
  return await complete(confirmed, source, request.ClientMetadata);
}

/**
 * The user's attributes with what came as `userAttributes.<name>`.
 * @throws NotAuthorizedException for what the client may not write or has a value already,
 *   InvalidParameterException when a required one is still missing.
 */
function answeredAttributes(
  pool: Pool,
  client: Client,
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
  if (missing) {
    throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
  }
  return attributes;
}

/** @throws InvalidParameterException */
function required(responses: Record<string, string>, name: string): string {
  const value = responses[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
