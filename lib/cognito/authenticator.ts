import {
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";
import { asPasswordOrCodeRefusal } from "./refusals";

/** On whose behalf: a user who is signed in, or one in the middle of signing in (`MFA_SETUP`). */
export type SetupProof = { accessToken: string } | { session: string };

/**
 * Begins to set up an authenticator app (TOTP, RFC 6238).
 *
 * @returns the secret in base32 and, in the middle of signing in, the challenge session to go on with.
 * @throws AppError `challenge_expired`, `conflict` (the pool does not want it), `cognito_unavailable`.
 */
export async function beginAuthenticator(
  proof: SetupProof,
): Promise<{ secret: string; session: string | undefined }> {
  const command = new AssociateSoftwareTokenCommand(asInput(proof));
  try {
    const { SecretCode, Session } = await callCognito((client, options) => client.send(command, options));
    if (!SecretCode) throw new AppError("cognito_unavailable", { cause: "an answer without a secret" });
    return { secret: SecretCode, session: Session };
  } catch (error) {
    throw asRefusal(error, proof);
  }
}

/**
 * Proves that the authenticator shows the right codes.
 *
 * @returns in the middle of signing in, the challenge session to finish with.
 * @throws AppError `code_rejected` (can be tried again), `challenge_expired`, `conflict`, `cognito_unavailable`.
 */
export async function verifyAuthenticator(proof: SetupProof, code: string): Promise<string | undefined> {
  const command = new VerifySoftwareTokenCommand({ ...asInput(proof), UserCode: code });
  try {
    const { Session } = await callCognito((client, options) => client.send(command, options));
    return Session;
  } catch (error) {
    throw asPasswordOrCodeRefusal(error, "") ?? asRefusal(error, proof);
  }
}

/**
 * What an authenticator app reads from the QR code.
 *
 * @param secret in base32. Format: "Key Uri Format" of Google Authenticator, which the others follow.
 */
export function authenticatorUri(secret: string, account: string): string {
  const label = `Sekisho:${account}`.split(":").map(encodeURIComponent).join(":");
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: "Sekisho" })}`;
}

/** In the middle of signing in, its session is what Cognito refused; else the pool does not want authenticators. */
function asRefusal(error: unknown, proof: SetupProof): unknown {
  if (!isRefusal(error)) return error;
  if ("session" in proof) return new AppError("challenge_expired", { cause: error });
  return new AppError("conflict", { detail: "Authenticator apps cannot be set up here now.", cause: error });
}

function asInput(proof: SetupProof) {
  return "session" in proof ? { Session: proof.session } : { AccessToken: proof.accessToken };
}
