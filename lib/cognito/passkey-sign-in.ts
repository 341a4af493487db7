import { randomBytes } from "node:crypto";
import { AdminInitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";
import { hashFor, respond, type SignInOutcome } from "./sign-in";

/** What a passkey is to sign, in base64url, and the challenge session to answer with. */
export type PasskeyChallenge = { session: string; challenge: string };

/** As many as in Cognito's challenges, so that one that is made up cannot be told from those: the last that was seen. */
let challengeBytes = 32;
/** About as many as in a challenge session of Cognito's. */
const SESSION_BYTES = 600;

/**
 * Begins to sign in by passkey (`USER_AUTH` with `WEB_AUTHN`).
 *
 * Who does not exist, has no passkey, or may not use one is given a challenge too, and no passkey ever answers it:
 * Cognito lets them choose another factor, and its session for that takes no passkey.
 *
 * @param name a username, `sub` or e-mail address.
 * @throws AppError `cognito_unavailable`.
 */
export async function beginPasskeySignIn(name: string): Promise<PasskeyChallenge> {
  const { COGNITO_USER_POOL_ID, COGNITO_APP_CLIENT_ID } = env();
  const command = new AdminInitiateAuthCommand({
    UserPoolId: COGNITO_USER_POOL_ID,
    ClientId: COGNITO_APP_CLIENT_ID,
    AuthFlow: "USER_AUTH",
    AuthParameters: { USERNAME: name, PREFERRED_CHALLENGE: "WEB_AUTHN", ...hashFor(name) },
  });
  try {
    const { Session = madeUp(SESSION_BYTES), ChallengeParameters } = await callCognito((client, options) =>
      client.send(command, options),
    );
    return { session: Session, challenge: challengeIn(ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { session: madeUp(SESSION_BYTES), challenge: challengeIn(undefined) };
  }
}

/** What is to be signed, out of PublicKeyCredentialRequestOptionsJSON. */
function challengeIn(options: string | undefined): string {
  if (options === undefined) return madeUp(challengeBytes);
  const { challenge } = JSON.parse(options) as { challenge: string };
  challengeBytes = Buffer.from(challenge, "base64url").length;
  return challenge;
}

const madeUp = (bytes: number) => randomBytes(bytes).toString("base64url");

/**
 * Answers with what the passkey signed.
 *
 * @param credential AuthenticationResponseJSON (WebAuthn Level 3, section 5.1.8).
 * @throws AppError `passkey_rejected`, whatever was wrong: Cognito's session may have taken too long, too;
 *   `rate_limited`, `cognito_unavailable`.
 */
export async function answerPasskeyChallenge(step: {
  username: string;
  session: string;
  credential: object;
}): Promise<SignInOutcome> {
  try {
    const CREDENTIAL = JSON.stringify(step.credential);
    return await respond("WEB_AUTHN", step.username, step.session, { CREDENTIAL });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === "rate_limited") throw error;
    throw new AppError("passkey_rejected", { cause: error.cause });
  }
}
