import type { User } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { nextStep } from "../../rules/next-step";
import { assertMaySignIn, standingChallenge } from "../../rules/sign-in";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { newSession } from "../../tokens/opaque";
import { askTrigger } from "./authentication";
import { proceed } from "./proceeding";
import { withTokens } from "./tokens";

/** A session for whoever has just shown the code of their sign-up: they sign in with it, once. */
export function openSignUp({ cognito, pool, client }: ThroughClient, user: User): string {
  const Session = newSession();
  cognito.commit(
    put("challenges", {
      sessionHash: fingerprint(Session),
      poolId: pool.id,
      clientId: client.id,
      username: user.username,
      challenge: "SIGN_UP",
      expiresAt: cognito.now() + client.settings.AuthSessionValidity * 60_000,
    }),
  );
  return Session;
}

/**
 * USER_AUTH with the session of ConfirmSignUp (API reference, InitiateAuth, Session). A second factor is asked for as after
 * any first one.
 * @throws NotAuthorizedException for a session that is invented, used, expired or another's; what `assertMaySignIn` does
 */
export async function enterSignedUp(
  context: ThroughClient,
  { name, Session }: { name: string; Session: string },
): Promise<object> {
  const { cognito, pool, client } = context;
  await askTrigger(context, { name });
  const now = cognito.now();
  const named = cognito.userNamed(pool, name);
  const about = { client, name: "SIGN_UP", now };
  const { user, challenge } = standingChallenge(cognito.challenge(fingerprint(Session)), named, about);
  assertMaySignIn(user, { client, passwordMatches: true, now });
  cognito.commit(put("challenges", { ...challenge, used: true }));
  const step = nextStep(pool, user, "password");
  const source = "TokenGeneration_Authentication" as const;
  return await proceed(context, { user, step, source }, withTokens(context));
}
