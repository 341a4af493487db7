import { answerPasskeyChallenge, beginPasskeySignIn } from "../../cognito/passkey-sign-in";
import { findUser } from "../../cognito/pool-users";
import type { Challenge, SignInOutcome } from "../../cognito/sign-in";
import { AppError } from "../../errors";
import { clientAddress } from "../limits/client-address";
import { spend } from "../limits/rate-limit";
import type { CookieJar } from "../session/cookie-jar";
import { openPasskeyChallenge, sealPasskeyChallenge } from "../session/passkey-challenge";
import { type PasskeyProof, subOf } from "./forms";
import { passkeyOffer } from "./passkey-offer";
import type { takeStep } from "./step";

/** Whose passkey is asked for: by the address that they typed, or by what a passkey of theirs says of its owner. */
export type PasskeyOwner = { email: string } | { user_handle: string };

/** Whoever signs in, as far as is known: their headers, and the cookies of a browser. */
export type PasskeyUser = { headers: Headers; jar: Pick<CookieJar, "get"> };

/** How long a browser may wait for the person (milliseconds). */
const TIMEOUT_MS = 120_000;

/**
 * Asks for a passkey. What is asked for is the same, whoever is named: nobody's passkeys are listed, as they are all
 * found by the device itself (discoverable credentials), so that nothing tells who has an account, or a passkey.
 *
 * @returns the challenge `WEB_AUTHN`, whose session is sealed for this browser and goes with the answer.
 * @throws AppError `conflict` where no passkeys are offered, `rate_limited`, `cognito_unavailable`, `database_unavailable`.
 */
export async function askForPasskey({ headers, jar }: PasskeyUser, owner: PasskeyOwner): Promise<Challenge> {
  const offer = await passkeyOffer();
  if (!offer) throw new AppError("conflict", { detail: "Passkeys are not offered here." });
  await spend("passkey_challenge", { address: clientAddress(headers) });
  const account = "email" in owner ? owner.email : await accountOf(subOf(owner.user_handle));
  const { session, challenge } = await beginPasskeySignIn(account);
  const options = {
    challenge,
    rpId: offer.relyingParty,
    timeout: TIMEOUT_MS,
    userVerification: "required",
  };
  return {
    name: "WEB_AUTHN",
    session: await sealPasskeyChallenge(jar, { account, session }),
    parameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  };
}

/** A user handle says Cognito's `sub`. Their address is what they would have typed, and what limits know them by. */
async function accountOf(sub: string): Promise<string> {
  return (await findUser(sub))?.email ?? sub;
}

/**
 * The step that answers it, for takeStep.
 *
 * @returns as refused `challenge_expired` for a session that is not of this browser, or took too long.
 */
export async function passkeyStep(
  { jar }: Pick<PasskeyUser, "jar">,
  { session, credential }: { session: string; credential: PasskeyProof },
): Promise<{ step: Parameters<typeof takeStep>[1] } | { refused: AppError }> {
  const asked = await openPasskeyChallenge(jar, session);
  if (!asked) return { refused: new AppError("challenge_expired") };
  const take = () => answer(asked, credential);
  return { step: { email: asked.account, answers: "WEB_AUTHN", take, passkey: credential.id } };
}

/**
 * A passkey stands for both steps, so that its holder must have been verified, whatever the pool makes of it.
 *
 * @throws AppError `passkey_rejected`, and as answerPasskeyChallenge.
 */
async function answer(
  { account, session }: { account: string; session: string },
  credential: PasskeyProof,
): Promise<SignInOutcome> {
  if (!isUserVerified(credential.response.authenticatorData)) {
    throw new AppError("passkey_rejected", { cause: "the authenticator did not verify its holder" });
  }
  return answerPasskeyChallenge({ username: account, session, credential });
}

/** The flag UV of authenticator data (WebAuthn Level 3, section 6.1), which the signature covers. */
function isUserVerified(authenticatorData: string): boolean {
  return ((Buffer.from(authenticatorData, "base64url")[32] ?? 0) & 0x04) !== 0;
}
