import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  codeRefused,
  invalidParameter,
  notAuthorized,
  resourceNotFound,
  softwareToken,
} from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { ChallengeSession, Mfa, User } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { poolFactors } from "../../rules/next-step";
import { standingChallenge } from "../../rules/sign-in";
import { matchingStep, toBase32 } from "../../rules/totp";
import type { Cognito } from "../../store/cognito";
import { type Change, put } from "../../store/store";
import { readAccessToken } from "../../tokens/access-token";
import { newSession } from "../../tokens/opaque";
import { signed, unsigned } from "../operation";
import { accessToken, session, username, userPoolId } from "../parameters";

const caller = z.object({ AccessToken: accessToken.optional(), Session: session.optional() });

/** Setting up an authenticator app: by somebody who is signed in, or on the way through MFA_SETUP. */
export const softwareTokenOperations = {
  AdminDeleteSoftwareToken: signed(
    z.object({ UserPoolId: userPoolId, Username: username }),
    (cognito, { UserPoolId, Username }) => {
      const user = cognito.existingUser(cognito.pool(UserPoolId), Username);
      if (!user.mfa?.softwareToken) throw resourceNotFound.softwareToken();
      cognito.commit(put("users", { ...user, mfa: withoutToken(user.mfa), modifiedAt: cognito.now() }));
      return {};
    },
  ),

  AssociateSoftwareToken: unsigned(caller, async (cognito, request) => {
    const { user, pool, challenge } = await callerOf(cognito, request);
    if (!poolFactors(pool).includes("SOFTWARE_TOKEN_MFA")) throw softwareToken.offInPool();
    const secret = cognito.softwareTokenSecret(user) ?? toBase32(randomBytes(32));
    // "The operation immediately disassociates the existing software token" (API reference).
    const mfa: Mfa = { ...withoutToken(user.mfa), softwareToken: { secret, verified: false } };
    const next = challenge && renewed(cognito, challenge, {});
    cognito.commit(put("users", { ...user, mfa, modifiedAt: cognito.now() }), ...(next?.changes ?? []));
    return { SecretCode: secret, ...(next && { Session: next.session }) };
  }),

  VerifySoftwareToken: unsigned(
    caller.extend({
      UserCode: z
        .string()
        .length(6)
        .regex(/^[0-9]+$/),
      FriendlyDeviceName: z.string().max(131_072).optional(),
    }),
    async (cognito, { UserCode, FriendlyDeviceName, ...request }) => {
      const { user, challenge } = await callerOf(cognito, request);
      const token = user.mfa?.softwareToken;
      if (!user.mfa || !token) throw softwareToken.noneOfUser();
      const step = matchingStep(token.secret, UserCode, cognito.now());
      if (step === undefined) throw codeRefused.softwareTokenSetUp();
      if (step <= (token.usedStep ?? -1)) throw codeRefused.softwareToken();
      const verified = { ...token, verified: true, usedStep: step, name: FriendlyDeviceName ?? token.name };
      // On the way through MFA_SETUP it is also switched on: nobody else could do that for the user.
      const enabled = challenge ? [...user.mfa.enabled, "SOFTWARE_TOKEN_MFA" as const] : user.mfa.enabled;
      const mfa: Mfa = { ...user.mfa, softwareToken: verified, enabled };
      const next = challenge && renewed(cognito, challenge, { verified: true });
      cognito.commit(put("users", { ...user, mfa, modifiedAt: cognito.now() }), ...(next?.changes ?? []));
      return { Status: "SUCCESS", ...(next && { Session: next.session }) };
    },
  ),
};

/** What is left of somebody's factors when the software token is none of them. */
function withoutToken({ enabled = [], preferred }: Partial<Mfa> = {}): Mfa {
  const TOKEN = "SOFTWARE_TOKEN_MFA";
  return {
    enabled: enabled.filter((factor) => factor !== TOKEN),
    preferred: preferred === TOKEN ? undefined : preferred,
  };
}

/**
 * Who sets up the token, and the challenge they are in, when it is not their access token that says so.
 * @throws NotAuthorizedException, InvalidParameterException when neither or both were sent.
 */
async function callerOf(
  cognito: Cognito,
  { AccessToken, Session }: z.output<typeof caller>,
): Promise<{ user: User; pool: Pool; challenge?: ChallengeSession }> {
  if (AccessToken && !Session) {
    const { user } = await readAccessToken(AccessToken, cognito);
    return { user, pool: cognito.pool(user.poolId) };
  }
  if (!Session || AccessToken) {
    throw invalidParameter("Only one of AccessToken or Session must be provided in the request");
  }
  const found = cognito.challenge(fingerprint(Session));
  if (!found) throw notAuthorized.sessionInvalid();
  const client = cognito.client(found.clientId);
  const about = { client, name: "MFA_SETUP", now: cognito.now() };
  const standing = standingChallenge(found, cognito.user(found.poolId, found.username), about);
  return { ...standing, pool: cognito.pool(client.poolId) };
}

/** The same challenge under a new session: each session string is good for one step. */
function renewed(
  cognito: Cognito,
  challenge: ChallengeSession,
  news: { verified?: boolean },
): { session: string; changes: Change[] } {
  const token = newSession();
  const { AuthSessionValidity } = cognito.client(challenge.clientId).settings;
  const expiresAt = cognito.now() + AuthSessionValidity * 60_000;
  const next = { ...challenge, ...news, sessionHash: fingerprint(token), expiresAt };
  return {
    session: token,
    changes: [put("challenges", { ...challenge, used: true }), put("challenges", next)],
  };
}
