import {
  CompleteWebAuthnRegistrationCommand,
  DeleteWebAuthnCredentialCommand,
  ListWebAuthnCredentialsCommand,
  StartWebAuthnRegistrationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AppError } from "../errors";
import { answeredAt, callCognito, isRefusal } from "./client";

/** A passkey as Cognito keeps it: `name` is what it calls it, after whoever keeps the key. */
export type PoolPasskey = { id: string; name: string; createdAt: Date };

/** As many as Cognito keeps for a user (developer guide, "Passkeys"); it gives them all at once. */
const MOST = 20;

/**
 * A user's passkeys, the oldest first.
 *
 * @param accessToken with the scope `aws.cognito.signin.user.admin`; the same for all below.
 * @throws AppError `session_ended` when Cognito takes the token no more, `cognito_unavailable`; the same for all below.
 */
export async function listPasskeys(accessToken: string): Promise<PoolPasskey[]> {
  const command = new ListWebAuthnCredentialsCommand({ AccessToken: accessToken, MaxResults: MOST });
  try {
    const { Credentials = [] } = await callCognito((client, options) => client.send(command, options));
    return Credentials.map(({ CredentialId = "", FriendlyCredentialName = "", CreatedAt }) => ({
      id: CredentialId,
      name: FriendlyCredentialName,
      createdAt: CreatedAt ?? new Date(0),
    })).sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  } catch (error) {
    throw asRefusal(error);
  }
}

/**
 * Begins to make a passkey.
 *
 * @returns what the browser is to make it by: PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, section 5.1.9).
 * @throws AppError also `conflict`: there are as many as fit, or the pool offers none.
 */
export async function startPasskey(accessToken: string): Promise<Record<string, unknown>> {
  const command = new StartWebAuthnRegistrationCommand({ AccessToken: accessToken });
  try {
    const { CredentialCreationOptions } = await callCognito((client, options) =>
      client.send(command, options),
    );
    return CredentialCreationOptions as Record<string, unknown>;
  } catch (error) {
    throw asRefusal(error);
  }
}

/**
 * Takes the passkey that the browser made.
 *
 * @returns the second by Cognito's clock at which it was so.
 * @throws AppError also `passkey_rejected`, and `conflict` as startPasskey.
 */
export async function completePasskey(accessToken: string, credential: object): Promise<number> {
  const Credential = JSON.parse(JSON.stringify(credential));
  const command = new CompleteWebAuthnRegistrationCommand({ AccessToken: accessToken, Credential });
  try {
    return answeredAt(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    throw asRefusal(error);
  }
}

/** @returns the second by Cognito's clock at which it was so. @throws AppError also `not_found`. */
export async function deletePasskey(accessToken: string, id: string): Promise<number> {
  const command = new DeleteWebAuthnCredentialCommand({ AccessToken: accessToken, CredentialId: id });
  try {
    return answeredAt(
      await callCognito((client, options) => client.send(command, options), "ResourceNotFoundException"),
    );
  } catch (error) {
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): unknown {
  const cause = error;
  if (isRefusal(error, "ResourceNotFoundException")) return new AppError("not_found", { cause });
  if (isRefusal(error, "NotAuthorizedException")) return new AppError("session_ended", { cause });
  if (isRefusal(error, "LimitExceededException")) {
    return new AppError("conflict", { detail: `There are ${MOST} passkeys, as many as fit.`, cause });
  }
  if (isRefusal(error, ...NOT_OFFERED)) {
    return new AppError("conflict", { detail: "Passkeys are not offered here.", cause });
  }
  return isRefusal(error) ? new AppError("passkey_rejected", { cause }) : error;
}

const NOT_OFFERED = [
  "FeatureUnavailableInTierException",
  "WebAuthnConfigurationMissingException",
  "WebAuthnNotEnabledException",
];
