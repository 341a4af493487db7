import { createHmac, randomBytes } from "node:crypto";
import { invalidParameter, notAuthorized } from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { ChallengeSession, User } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { sameSecret } from "../../rules/secret-hash";
import { assertMaySignIn, unknownUser } from "../../rules/sign-in";
import {
  clientKey,
  type Exchange,
  expectedSignature,
  newServerKey,
  poolNameOf,
  pretendedVerifier,
  type Verifier,
} from "../../rules/srp";
import { canonicalTimestamp } from "../../rules/srp-timestamp";
import { folded } from "../../rules/username";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { askTrigger, counted } from "./authentication";

/** Of this process: what it makes up for a name stays the same while it runs. */
const PRETENDING = randomBytes(32);

/** Without a session: the secret block is one. */
export interface SrpChallenge {
  ChallengeName: "PASSWORD_VERIFIER";
  ChallengeParameters: Record<string, string>;
}

interface Beginning {
  name: string;
  /** SRP_A. */
  key: string;
  deviceKey?: string | undefined;
  /** In a custom sign-in: how far it came. */
  custom?: ChallengeSession["custom"];
  /** Whether the pre authentication trigger was asked already. */
  isAsked?: boolean | undefined;
  clientMetadata?: Record<string, string> | undefined;
}

/**
 * Begins a sign-in with a password that is proven and not sent: PASSWORD_VERIFIER, without a session, since the secret
 * block is one. Somebody who does not exist is asked the same where the client hides who does.
 *
 * @throws InvalidParameterException for a key that would make any password right, UserNotFoundException,
 *   UserLambdaValidationException and its kin
 */
export async function beginSrp(
  context: ThroughClient,
  { name, key, deviceKey, custom, isAsked, clientMetadata }: Beginning,
): Promise<SrpChallenge> {
  const { cognito, pool, client } = context;
  const A = clientKey(key);
  if (A === undefined) throw invalidParameter("SRP_A is not a public key of the group.");
  if (!isAsked) await askTrigger(context, { name, clientMetadata });
  const user = cognito.userNamed(pool, name);
  if (!user && client.settings.PreventUserExistenceErrors !== "ENABLED") throw unknownUser(client);
  const { userId, ...verifier } = (user && known(user)) ?? pretended(pool, name);
  const own = newServerKey(verifier);
  const SECRET_BLOCK = randomBytes(1_024).toString("base64");
  cognito.commit(
    put("challenges", {
      sessionHash: fingerprint(SECRET_BLOCK),
      poolId: pool.id,
      clientId: client.id,
      username: userId,
      challenge: "PASSWORD_VERIFIER",
      deviceKey,
      custom,
      srp: { ...verifier, A, ...own },
      expiresAt: cognito.now() + client.settings.AuthSessionValidity * 60_000,
    }),
  );
  const ChallengeParameters = {
    SALT: verifier.salt,
    SECRET_BLOCK,
    SRP_B: own.B,
    USERNAME: userId,
    USER_ID_FOR_SRP: userId,
  };
  return { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters };
}

function known({ username, password }: User): (Verifier & { userId: string }) | undefined {
  return password?.srp && { ...password.srp, userId: username };
}

/**
 * "Amazon Cognito returns the same salt and an internal user ID in UUID format for the same username and user pool
 * combination" (developer guide, "Managing user existence error responses"). A name that would be a username is one.
 */
export function pretended(pool: Pool, name: string): Verifier & { userId: string } {
  const digest = createHmac("sha256", PRETENDING)
    .update(JSON.stringify([pool.id, folded(pool, name)]))
    .digest();
  const hex = digest.toString("hex");
  const variant = "89ab"[(digest[8] ?? 0) & 3];
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const isUsername = pool.usernameAttributes.length === 0 && !/^\+\d|@/.test(name);
  const salt = `${"4567"[(digest[16] ?? 0) & 3]}${hex.slice(33)}`;
  return { ...pretendedVerifier(salt), userId: isUsername ? name : uuid };
}

interface ProvenBySrp {
  user: User;
  custom?: ChallengeSession["custom"];
  deviceKey?: string | undefined;
}

/**
 * Answers PASSWORD_VERIFIER. Right or wrong it uses the exchange up, and a wrong one counts as a wrong password.
 *
 * @returns who has shown the password, and with which device
 * @throws NotAuthorizedException, also while locked out and for an exchange of another client; what `assertMaySignIn` does
 */
export function answerSrp(context: ThroughClient, responses: Record<string, string>): ProvenBySrp {
  const { cognito, pool, client } = context;
  const timestamp = canonicalTimestamp(required(responses, "TIMESTAMP"));
  const secretBlock = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
  const { challenge, exchange } = standingExchange(context, secretBlock, "PASSWORD_VERIFIER");
  cognito.commit(put("challenges", { ...challenge, used: true }));
  const identity = { poolName: poolNameOf(pool.id), userId: challenge.username };
  const isRight = sameSecret(signature, expectedSignature(exchange, identity, { secretBlock, timestamp }));
  const user = cognito.userNamed(pool, responses.USERNAME ?? "");
  if (user?.username !== challenge.username) throw notAuthorized.badCredentials();
  // Of a password that was changed meanwhile it proves nothing.
  const checked = counted(context, user, isRight && user.password?.srp?.verifier === exchange.verifier);
  if (checked.locked) throw notAuthorized.locked();
  assertMaySignIn(checked.user, { client, passwordMatches: checked.matches, now: cognito.now() });
  return { user: checked.user, deviceKey: challenge.deviceKey, custom: challenge.custom };
}

/** The words are those of a wrong password, as on AWS. */
export function standingExchange(
  { cognito, client }: ThroughClient,
  secretBlock: string,
  name: "PASSWORD_VERIFIER" | "DEVICE_PASSWORD_VERIFIER",
): { challenge: ChallengeSession; exchange: Exchange } {
  const challenge = cognito.challenge(fingerprint(secretBlock));
  const isTheirs = challenge?.clientId === client.id && challenge.challenge === name && !challenge.used;
  if (!challenge?.srp || !isTheirs) throw notAuthorized.badCredentials();
  if (challenge.expiresAt <= cognito.now()) throw notAuthorized.sessionExpired();
  return { challenge, exchange: challenge.srp };
}

/** @throws InvalidParameterException */
function required(responses: Record<string, string>, name: string): string {
  const value = responses[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
