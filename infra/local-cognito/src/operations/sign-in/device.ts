import { randomBytes } from "node:crypto";
import { invalidParameter, notAuthorized } from "../../model/failures";
import type { Device, User } from "../../model/user";
import { deviceOf } from "../../rules/device";
import { fingerprint } from "../../rules/fingerprint";
import { sameSecret } from "../../rules/secret-hash";
import { standingChallenge } from "../../rules/sign-in";
import { clientKey, expectedSignature, newServerKey } from "../../rules/srp";
import { canonicalTimestamp } from "../../rules/srp-timestamp";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { newSession } from "../../tokens/opaque";
import type { OpenedChallenge } from "./challenge-opening";
import { standingExchange } from "./srp";

/** Asks a remembered device to prove itself. */
export function openDevice(
  { cognito, pool, client }: ThroughClient,
  user: User,
  device: Device,
): OpenedChallenge {
  const Session = newSession();
  cognito.commit(
    put("challenges", {
      sessionHash: fingerprint(Session),
      poolId: pool.id,
      clientId: client.id,
      username: user.username,
      challenge: "DEVICE_SRP_AUTH",
      deviceKey: device.key,
      expiresAt: cognito.now() + client.settings.AuthSessionValidity * 60_000,
    }),
  );
  return { ChallengeName: "DEVICE_SRP_AUTH", Session, ChallengeParameters: {} };
}

/**
 * Answers DEVICE_SRP_AUTH with the server's half of the exchange, which is as with a password; what is proven is the secret
 * that the device made when it was confirmed.
 *
 * @throws NotAuthorizedException, ResourceNotFoundException for a device that was forgotten, InvalidParameterException
 */
export function beginDevice(
  { cognito, pool, client }: ThroughClient,
  { Session, responses }: { Session: string | undefined; responses: Record<string, string> },
): object {
  if (!Session) throw invalidParameter("Missing required parameter Session");
  const A = clientKey(required(responses, "SRP_A"));
  if (A === undefined) throw invalidParameter("SRP_A is not a public key of the group.");
  const about = { client, name: "DEVICE_SRP_AUTH", now: cognito.now() };
  const named = cognito.userNamed(pool, required(responses, "USERNAME"));
  const { user, challenge } = standingChallenge(cognito.challenge(fingerprint(Session)), named, about);
  if (required(responses, "DEVICE_KEY") !== challenge.deviceKey) throw notAuthorized.badCredentials();
  const { key, srp } = deviceOf(user, challenge.deviceKey);
  const own = newServerKey(srp);
  const SECRET_BLOCK = randomBytes(1_024).toString("base64");
  cognito.commit(
    put("challenges", { ...challenge, used: true }),
    put("challenges", {
      ...challenge,
      sessionHash: fingerprint(SECRET_BLOCK),
      challenge: "DEVICE_PASSWORD_VERIFIER",
      srp: { ...srp, A, ...own },
    }),
  );
  const parts = { SALT: srp.salt, SECRET_BLOCK, SRP_B: own.B, USERNAME: user.username, DEVICE_KEY: key };
  return { ChallengeName: "DEVICE_PASSWORD_VERIFIER", ChallengeParameters: parts };
}

/**
 * Answers DEVICE_PASSWORD_VERIFIER. Right or wrong it uses the exchange up.
 * @returns whose device it is, and its key
 * @throws NotAuthorizedException, ResourceNotFoundException, PasswordResetRequiredException
 */
export function answerDevice(
  context: ThroughClient,
  responses: Record<string, string>,
): { user: User; deviceKey: string } {
  const { cognito, pool, client } = context;
  const timestamp = canonicalTimestamp(required(responses, "TIMESTAMP"));
  const secretBlock = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
  const { challenge, exchange } = standingExchange(context, secretBlock, "DEVICE_PASSWORD_VERIFIER");
  const named = cognito.userNamed(pool, required(responses, "USERNAME"));
  const { user } = standingChallenge(challenge, named, {
    client,
    name: challenge.challenge,
    now: cognito.now(),
  });
  cognito.commit(put("challenges", { ...challenge, used: true }));
  const device = deviceOf(user, challenge.deviceKey ?? "");
  const identity = { poolName: device.groupKey, userId: device.key };
  const isRight = sameSecret(signature, expectedSignature(exchange, identity, { secretBlock, timestamp }));
  // Confirmed anew or marked meanwhile: what was proven is of before.
  if (!isRight || exchange.verifier !== device.srp.verifier || !device.isRemembered) {
    throw notAuthorized.badCredentials();
  }
  return { user, deviceKey: device.key };
}

/** @throws InvalidParameterException */
function required(responses: Record<string, string>, name: string): string {
  const value = responses[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
