import { invalidParameter, notAuthorized, triggerFailed } from "../../model/failures";
import type { CustomStep, User } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { assertMaySignIn, standingChallenge, unknownUser } from "../../rules/sign-in";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { newSession } from "../../tokens/opaque";
import {
  type CustomOccasion,
  createChallenge,
  defineChallenge,
  verifyAnswer,
} from "../sending/custom-auth-triggers";
import { askTrigger } from "./authentication";
import { proceed } from "./proceeding";
import { beginSrp, pretended } from "./srp";
import { withTokens } from "./tokens";

type Metadata = Record<string, string> | undefined;

/** Who signs in, as far as they exist, and how far it came. */
interface Walk {
  name: string;
  user: User | undefined;
  history: CustomStep[];
  deviceKey?: string | undefined;
  clientMetadata?: Metadata;
}

/**
 * Begins a sign-in whose challenges the pool's functions make. With SRP_A it begins with the password's proof.
 *
 * @throws UserNotFoundException, NotAuthorizedException and what else `assertMaySignIn` says, and what the functions do
 */
export async function beginCustom(
  context: ThroughClient,
  { name, given, clientMetadata }: { name: string; given: Record<string, string>; clientMetadata?: Metadata },
): Promise<object> {
  const { cognito, pool, client } = context;
  await askTrigger(context, { name, clientMetadata });
  const user = cognito.userNamed(pool, name);
  if (!user && client.settings.PreventUserExistenceErrors !== "ENABLED") throw unknownUser(client);
  if (user) assertMaySignIn(user, { client, passwordMatches: true, now: cognito.now() });
  const deviceKey = given.DEVICE_KEY;
  if (given.CHALLENGE_NAME !== "SRP_A") return await next(context, { name, user, history: [], deviceKey });
  const key = given.SRP_A;
  if (!key) throw invalidParameter("Missing required parameter SRP_A");
  const history: CustomStep[] = [{ challengeName: "SRP_A", challengeResult: true }];
  const decision = await defineChallenge(occasionOf(context, { name, user, history }));
  if (decision === "failed") throw notAuthorized.badCredentials();
  if (decision !== "PASSWORD_VERIFIER") throw triggerFailed.badResponse();
  return await beginSrp(context, { name, key, deviceKey, custom: { history, secret: {} }, isAsked: true });
}

/** Goes on after the password was proven, by the functions. */
export async function afterPassword(
  context: ThroughClient,
  walk: { user: User; history: CustomStep[]; deviceKey?: string | undefined; clientMetadata?: Metadata },
): Promise<object> {
  const proven: CustomStep = { challengeName: "PASSWORD_VERIFIER", challengeResult: true };
  const { history } = walk;
  return await next(context, { ...walk, name: walk.user.username, history: [...history, proven] });
}

/**
 * Answers CUSTOM_CHALLENGE. Right or wrong it uses the session up: what a wrong answer leads to is for the functions to say.
 * @throws NotAuthorizedException, InvalidParameterException, and what the functions do
 */
export async function answerCustom(
  context: ThroughClient,
  request: { Session?: string | undefined; responses: Record<string, string>; clientMetadata?: Metadata },
): Promise<object> {
  const { cognito, pool, client } = context;
  const { Session, responses, clientMetadata } = request;
  const { USERNAME: name = "", ANSWER: answer } = responses;
  if (!Session) throw invalidParameter("Missing required parameter Session");
  if (answer === undefined) throw invalidParameter("Missing required parameter ANSWER");
  const stored = cognito.challenge(fingerprint(Session));
  const user = cognito.userNamed(pool, name);
  if (!stored?.custom) throw notAuthorized.sessionInvalid();
  // Somebody who does not exist is whoever the session was made up for.
  const isWhom = stored.isPretended && [name, pretended(pool, name).userId].includes(stored.username);
  const shown = user ?? (isWhom ? nobody(stored) : undefined);
  const about = { client, name: "CUSTOM_CHALLENGE", now: cognito.now() };
  const { challenge } = standingChallenge(stored, shown, about);
  cognito.commit(put("challenges", { ...challenge, used: true }));
  const { history, secret, metadata } = stored.custom;
  const deviceKey = responses.DEVICE_KEY ?? challenge.deviceKey;
  const walk = { name, user, history, deviceKey, clientMetadata };
  const isRight = await verifyAnswer(occasionOf(context, walk), { secret, answer });
  const step: CustomStep = { challengeName: "CUSTOM_CHALLENGE", challengeResult: isRight };
  const told = metadata === undefined ? step : { ...step, challengeMetadata: metadata };
  return await next(context, { ...walk, history: [...history, told] });
}

/** What the functions say comes now. */
async function next(context: ThroughClient, walk: Walk): Promise<object> {
  const { cognito, pool, client } = context;
  const occasion = occasionOf(context, walk);
  const decision = await defineChallenge(occasion);
  if (decision === "failed") throw notAuthorized.badCredentials();
  if (decision === "PASSWORD_VERIFIER") throw triggerFailed.badResponse();
  if (decision === "tokens") return await finish(context, walk);
  const { shown, secret, metadata } = await createChallenge(occasion);
  const Session = newSession();
  cognito.commit(
    put("challenges", {
      sessionHash: fingerprint(Session),
      poolId: pool.id,
      clientId: client.id,
      username: usernameOf(context, walk),
      challenge: "CUSTOM_CHALLENGE",
      custom: { history: walk.history, secret, metadata },
      isPretended: walk.user === undefined,
      deviceKey: walk.deviceKey,
      expiresAt: cognito.now() + client.settings.AuthSessionValidity * 60_000,
    }),
  );
  const ChallengeParameters = { USERNAME: usernameOf(context, walk), ...shown };
  return { ChallengeName: "CUSTOM_CHALLENGE", Session, ChallengeParameters };
}

/** Tokens, for whoever is still there and may: the functions took time. */
async function finish(context: ThroughClient, walk: Walk): Promise<object> {
  const { cognito, pool, client } = context;
  const user = walk.user && cognito.user(pool.id, walk.user.username);
  if (!user) throw notAuthorized.badCredentials();
  assertMaySignIn(user, { client, passwordMatches: true, now: cognito.now() });
  const { deviceKey, clientMetadata } = walk;
  const step = { kind: "tokens" } as const;
  const source = "TokenGeneration_Authentication" as const;
  return await proceed(context, { user, step, source, deviceKey, clientMetadata }, withTokens(context));
}

function usernameOf({ pool }: ThroughClient, { user, name }: Pick<Walk, "user" | "name">): string {
  return user?.username ?? pretended(pool, name).userId;
}

function occasionOf(context: ThroughClient, walk: Walk): CustomOccasion {
  const { user, history, clientMetadata } = walk;
  const told = user ?? nobody({ poolId: context.pool.id, username: usernameOf(context, walk) });
  return { ...context, user: told, history, userNotFound: user === undefined, clientMetadata };
}

/** Somebody who does not exist, as the functions and a challenge know them. */
function nobody({ poolId, username }: Pick<User, "poolId" | "username">): User {
  return {
    poolId,
    username,
    attributes: {},
    names: [],
    groups: [],
    status: "CONFIRMED",
    enabled: true,
    createdAt: 0,
    modifiedAt: 0,
  };
}
