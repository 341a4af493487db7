import type { Pool } from "../../model/pool";
import type { ChallengeName, User } from "../../model/user";
import { missingAttributes } from "../../rules/attributes";
import { deliveryTo, masked } from "../../rules/delivery";
import { fingerprint } from "../../rules/fingerprint";
import type { Step } from "../../rules/next-step";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { newCode, newSession } from "../../tokens/opaque";
import { message, type Outgoing } from "../sending/messages";
import type { Progress } from "./authentication";

/** A challenge as the API answers it. The session string proves everything up to here, once. */
export interface OpenedChallenge {
  ChallengeName: ChallengeName | "DEVICE_SRP_AUTH";
  Session: string;
  ChallengeParameters: Record<string, string>;
}

/**
 * Asks for what a sign-in still lacks: remembers the challenge under a new session and sends the code of SMS_MFA and EMAIL_OTP.
 * The session lives for the client's AuthSessionValidity (3 minutes by default), and the code with it.
 *
 * @param progress whose step is not "tokens".
 * @throws UserLambdaValidationException and its kin when the custom message trigger fails.
 */
export async function openChallenge(context: ThroughClient, progress: Progress): Promise<OpenedChallenge> {
  const { cognito, pool, client } = context;
  const { user, step } = progress;
  if (step.kind === "tokens") throw new Error("Nothing is asked for any more.");
  const code = step.kind === "SMS_MFA" || step.kind === "EMAIL_OTP" ? newCode() : undefined;
  const outgoing = code === undefined ? undefined : await codeOf(context, progress, code);
  const Session = newSession();
  cognito.commit(
    put("challenges", {
      sessionHash: fingerprint(Session),
      poolId: pool.id,
      clientId: client.id,
      username: user.username,
      challenge: step.kind,
      deviceKey: progress.deviceKey,
      codeHash: code === undefined ? undefined : fingerprint(code),
      expiresAt: cognito.now() + client.settings.AuthSessionValidity * 60_000,
    }),
    ...(outgoing?.changes ?? []),
  );
  outgoing?.send();
  const ChallengeParameters = { USER_ID_FOR_SRP: user.username, ...parametersOf(pool, user, step) };
  return { ChallengeName: step.kind, Session, ChallengeParameters };
}

async function codeOf(
  context: ThroughClient,
  { user, step, clientMetadata }: Progress,
  code: string,
): Promise<Outgoing | undefined> {
  const delivery = deliveryTo(user.attributes, step.kind === "EMAIL_OTP" ? "email" : "phone_number");
  const occasion = { ...context, user, clientMetadata };
  return delivery && (await message("second-factor", occasion, { ...delivery, code }));
}

/** Source: API reference, RespondToAuthChallenge and InitiateAuth, ChallengeParameters. */
function parametersOf(
  pool: Pool,
  user: User,
  step: Exclude<Step, { kind: "tokens" }>,
): Record<string, string> {
  switch (step.kind) {
    case "NEW_PASSWORD_REQUIRED": {
      const { sub: _, ...attributes } = user.attributes;
      const missing = missingAttributes(pool, user.attributes).map((name) => `userAttributes.${name}`);
      return { requiredAttributes: JSON.stringify(missing), userAttributes: JSON.stringify(attributes) };
    }
    case "SMS_MFA":
      return {
        CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
        CODE_DELIVERY_DESTINATION: masked(user.attributes.phone_number ?? ""),
      };
    case "EMAIL_OTP":
      return {
        CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
        CODE_DELIVERY_DESTINATION: masked(user.attributes.email ?? ""),
      };
    case "SOFTWARE_TOKEN_MFA":
      return user.mfa?.softwareToken?.name ? { FRIENDLY_DEVICE_NAME: user.mfa.softwareToken.name } : {};
    case "SELECT_MFA_TYPE":
      return { MFAS_CAN_CHOOSE: JSON.stringify(step.factors) };
    case "MFA_SETUP":
      return { MFAS_CAN_SETUP: JSON.stringify(step.factors) };
  }
}
