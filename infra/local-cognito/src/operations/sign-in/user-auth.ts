import { randomBytes } from "node:crypto";
import { codeRefused, invalidParameter, notAuthorized, notInTier } from "../../model/failures";
import type { ChallengeSession, FirstFactor, User } from "../../model/user";
import { deliveryTo, masked } from "../../rules/delivery";
import { fingerprint } from "../../rules/fingerprint";
import { firstFactors, pretendedFactors } from "../../rules/first-factor";
import { attempted } from "../../rules/lockout";
import { nextStep } from "../../rules/next-step";
import { assertMaySignIn, standingChallenge, unknownUser } from "../../rules/sign-in";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { newCode, newSession } from "../../tokens/opaque";
import { message } from "../sending/messages";
import { askTrigger, authenticate } from "./authentication";
import type { OpenedChallenge } from "./challenge-opening";
import { proceed } from "./proceeding";
import { beginSrp, pretended, type SrpChallenge } from "./srp";
import type { Completion } from "./tokens";
import { provenPasskey, relyingPartyOf, userVerificationOf } from "./webauthn";

/** What is asked for first, or how to be asked. */
export interface FirstChallenge {
  ChallengeName: "SELECT_CHALLENGE" | Exclude<FirstFactor, "PASSWORD_SRP">;
  Session: string;
  ChallengeParameters: Record<string, string>;
  AvailableChallenges?: FirstFactor[];
}

/** What comes next, or what `Completion` makes of somebody who is in. */
export type Next<T> = FirstChallenge | SrpChallenge | OpenedChallenge | T;

interface Beginning {
  name: string;
  /** AuthParameters, or ChallengeResponses. */
  given: Record<string, string>;
  clientMetadata?: Record<string, string> | undefined;
  /** Whose metadata reaches the triggers before the sign-in, and none after. */
  isFirstCall?: boolean;
}

/**
 * USER_AUTH: goes on with the preferred challenge where the user has it, and lets the user choose where not
 * (API reference, InitiateAuth, PREFERRED_CHALLENGE).
 *
 * @throws FeatureUnavailableInTierException, UserNotFoundException, and what the first factor refuses
 */
export async function beginUserAuth<T>(
  context: ThroughClient,
  beginning: Beginning,
  complete: Completion<T>,
): Promise<Next<T>> {
  const { cognito, pool, client } = context;
  if (pool.settings.UserPoolTier === "LITE") throw notInTier("USER_AUTH");
  const user = cognito.userNamed(pool, beginning.name);
  if (!user && client.settings.PreventUserExistenceErrors !== "ENABLED") throw unknownUser(client);
  const available = factorsOf(context, user, beginning.name);
  const preferred = available.find((factor) => factor === beginning.given.PREFERRED_CHALLENGE);
  if (preferred) return await start(context, { ...beginning, factor: preferred }, complete);
  const username = user?.username ?? pretended(pool, beginning.name).userId;
  return {
    ChallengeName: "SELECT_CHALLENGE",
    Session: opened(context, username, { challenge: "SELECT_CHALLENGE" }),
    ChallengeParameters: {},
    AvailableChallenges: available,
  };
}

function factorsOf({ pool }: ThroughClient, user: User | undefined, name: string): FirstFactor[] {
  return user ? firstFactors(pool, user) : pretendedFactors(pool, name);
}

function opened(
  { cognito, pool, client }: ThroughClient,
  username: string,
  more: Pick<ChallengeSession, "challenge"> & Partial<ChallengeSession>,
): string {
  const Session = newSession();
  const expiresAt = cognito.now() + client.settings.AuthSessionValidity * 60_000;
  const whose = { poolId: pool.id, clientId: client.id, username };
  cognito.commit(put("challenges", { sessionHash: fingerprint(Session), ...whose, expiresAt, ...more }));
  return Session;
}

/** Begins with a factor. The pre authentication trigger runs here, once in a sign-in. */
async function start<T>(
  context: ThroughClient,
  { factor, ...beginning }: Beginning & { factor: FirstFactor },
  complete: Completion<T>,
): Promise<Next<T>> {
  const { cognito, pool } = context;
  const { name, given, clientMetadata } = beginning;
  if (factor === "PASSWORD_SRP") {
    if (!given.SRP_A) throw invalidParameter("Missing required parameter SRP_A");
    const deviceKey = given.DEVICE_KEY;
    return await beginSrp(context, { name, key: given.SRP_A, deviceKey, clientMetadata });
  }
  const user = cognito.userNamed(pool, name);
  const username = user?.username ?? pretended(pool, name).userId;
  if (factor === "PASSWORD") {
    if (given.PASSWORD)
      return await byPassword(context, { ...beginning, password: given.PASSWORD }, complete);
    const Session = opened(context, username, { challenge: factor });
    return { ChallengeName: factor, Session, ChallengeParameters: {} };
  }
  await askTrigger(context, { name, clientMetadata });
  if (factor === "WEB_AUTHN") return await startPasskey(context, user, username);
  return await startCode(context, factor, { user, username, ...beginning });
}

async function byPassword<T>(
  context: ThroughClient,
  attempt: Beginning & { password: string },
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  const progress = await authenticate(context, { ...attempt, deviceKey: attempt.given.DEVICE_KEY });
  const clientMetadata = attempt.isFirstCall ? undefined : attempt.clientMetadata;
  return await proceed(context, { ...progress, clientMetadata }, complete);
}

async function startPasskey(
  context: ThroughClient,
  user: User | undefined,
  username: string,
): Promise<FirstChallenge> {
  const relyingParty = relyingPartyOf(context);
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  const options = await generateAuthenticationOptions({
    rpID: relyingParty,
    challenge: new Uint8Array(randomBytes(32)),
    allowCredentials: (user?.passkeys ?? []).map(({ id }) => ({ id })),
    userVerification: userVerificationOf(context),
  });
  const Session = opened(context, username, { challenge: "WEB_AUTHN", webAuthn: options.challenge });
  const ChallengeParameters = { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) };
  return { ChallengeName: "WEB_AUTHN", Session, ChallengeParameters };
}

async function startCode(
  context: ThroughClient,
  factor: "EMAIL_OTP" | "SMS_OTP",
  { user, username, name, isFirstCall, ...more }: Beginning & { user: User | undefined; username: string },
): Promise<FirstChallenge> {
  const { cognito } = context;
  const attribute = factor === "EMAIL_OTP" ? "email" : "phone_number";
  const delivery = user && deliveryTo(user.attributes, attribute);
  const code = newCode();
  if (user && delivery) {
    const occasion = { ...context, user, clientMetadata: isFirstCall ? undefined : more.clientMetadata };
    const { changes, send } = await message("second-factor", occasion, { ...delivery, code });
    cognito.commit(...changes);
    send();
  }
  // To somebody who does not exist nothing is sent, and no code is right.
  const codeHash = delivery ? fingerprint(code) : "the hash of no code";
  return {
    ChallengeName: factor,
    Session: opened(context, username, { challenge: factor, codeHash }),
    ChallengeParameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: factor === "EMAIL_OTP" ? "EMAIL" : "SMS",
      CODE_DELIVERY_DESTINATION: masked(delivery?.to ?? name),
    },
  };
}

export const firstChallenges = ["SELECT_CHALLENGE", "PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] as const;

interface FirstAnswer {
  name: (typeof firstChallenges)[number];
  Session?: string | undefined;
  ChallengeResponses: Record<string, string>;
  ClientMetadata?: Record<string, string> | undefined;
}

/**
 * The answer to a challenge of USER_AUTH. A wrong code leaves the session open; everything else uses it up.
 * @throws NotAuthorizedException, CodeMismatchException, InvalidParameterException, and what `authenticate` refuses
 */
export async function answerFirst<T>(
  context: ThroughClient,
  { name, Session, ChallengeResponses: given, ClientMetadata: clientMetadata }: FirstAnswer,
  complete: Completion<T>,
): Promise<Next<T>> {
  const { cognito, client } = context;
  const called = given.USERNAME ?? "";
  const { challenge, user } = standing(context, { name, called, Session });
  const use = () => cognito.commit(put("challenges", { ...challenge, used: true }));
  if (name === "SELECT_CHALLENGE") {
    const chosen = factorsOf(context, user, called).find((factor) => factor === given.ANSWER);
    if (!chosen) throw invalidParameter("Invalid parameter ANSWER: choose one of AvailableChallenges");
    use();
    return await start(context, { factor: chosen, name: called, given, clientMetadata }, complete);
  }
  if (name === "PASSWORD") {
    if (!given.PASSWORD) throw invalidParameter("Missing required parameter PASSWORD");
    use();
    const attempt = { name: called, given, password: given.PASSWORD, clientMetadata };
    return await byPassword(context, attempt, complete);
  }
  const proven =
    name === "WEB_AUTHN"
      ? await byPasskey(context, { given, challenge })
      : byCode(context, { name, code: given[`${name}_CODE`], challenge, user });
  assertMaySignIn(proven, { client, passwordMatches: true, now: cognito.now() });
  const step = nextStep(context.pool, proven, "second factor");
  const deviceKey = given.DEVICE_KEY ?? challenge.deviceKey;
  const source = "TokenGeneration_Authentication" as const;
  const progress = { user: proven, step, source, clientMetadata, deviceKey };
  return await proceed(context, progress, complete);
}

/** @throws NotAuthorizedException, InvalidParameterException, PasswordResetRequiredException */
function standing(
  { cognito, pool, client }: ThroughClient,
  { name, called, Session }: { name: string; called: string; Session: string | undefined },
): { challenge: ChallengeSession; user: User | undefined } {
  if (!Session) throw invalidParameter("Missing required parameter Session");
  const challenge = cognito.challenge(fingerprint(Session));
  const user = cognito.userNamed(pool, called);
  if (user) return standingChallenge(challenge, user, { client, name, now: cognito.now() });
  const isPretended =
    client.settings.PreventUserExistenceErrors === "ENABLED" &&
    challenge?.clientId === client.id &&
    challenge.challenge === name &&
    [called, pretended(pool, called).userId].includes(challenge.username);
  if (!challenge || !isPretended) throw notAuthorized.sessionInvalid();
  if (challenge.used) throw notAuthorized.sessionUsed();
  if (challenge.expiresAt <= cognito.now()) throw notAuthorized.sessionExpired();
  return { challenge, user: undefined };
}

/** Whoever read the message holds the address, so it is verified from then on. */
function byCode(
  { cognito }: ThroughClient,
  about: {
    name: "EMAIL_OTP" | "SMS_OTP";
    code: string | undefined;
    challenge: ChallengeSession;
    user: User | undefined;
  },
): User {
  const { name, code, challenge, user } = about;
  if (!code) throw invalidParameter(`Missing required parameter ${name}_CODE`);
  if (!user) throw codeRefused.sms();
  const isRight = fingerprint(code) === challenge.codeHash;
  const { locked, after } = attempted(user.failures?.code, isRight, cognito.now());
  const counted: User = { ...user, failures: { ...user.failures, code: after } };
  if (locked || !isRight) {
    cognito.commit(put("users", counted));
    throw locked ? notAuthorized.locked() : codeRefused.sms();
  }
  const mark = name === "EMAIL_OTP" ? "email_verified" : "phone_number_verified";
  const proven: User = { ...counted, attributes: { ...user.attributes, [mark]: "true" } };
  cognito.commit(put("users", proven), put("challenges", { ...challenge, used: true }));
  return proven;
}

async function byPasskey(
  context: ThroughClient,
  about: { given: Record<string, string>; challenge: ChallengeSession },
): Promise<User> {
  const { cognito } = context;
  const { given, challenge } = about;
  if (!given.CREDENTIAL) throw invalidParameter("Missing required parameter CREDENTIAL");
  cognito.commit(put("challenges", { ...challenge, used: true }));
  const before = cognito.user(challenge.poolId, challenge.username);
  const credential = { credential: given.CREDENTIAL, challenge: challenge.webAuthn ?? "" };
  const passkey = await provenPasskey(context, before, credential);
  // Deleted meanwhile, or the passkey was: it proves nothing any more.
  const user = cognito.user(challenge.poolId, challenge.username);
  const isTheirs = user?.passkeys?.some(({ id }) => id === passkey.id);
  if (!user || !isTheirs) throw notAuthorized.badCredentials();
  const passkeys = user.passkeys?.map((each) => (each.id === passkey.id ? passkey : each));
  const proven = { ...user, passkeys };
  cognito.commit(put("users", proven));
  return proven;
}
