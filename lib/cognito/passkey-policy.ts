import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { callCognito } from "./client";

/** What a pool says of passkeys. */
export type PasskeyPolicy = {
  /** The domain that they are for. */
  relyingParty: string;
  /** Whether one stands for both steps: then it also signs in whoever has a second step turned on. */
  isBothSteps: boolean;
};

/**
 * What the pool and our client say of passkeys; null where they are not offered at all: the feature plan has none, they
 * are no first factor, our client may not ask for one, or no domain is named.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function passkeyPolicy(): Promise<PasskeyPolicy | null> {
  const { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_APP_CLIENT_ID: ClientId } = env();
  const pool = new DescribeUserPoolCommand({ UserPoolId });
  const { UserPool } = await callCognito((cognito, options) => cognito.send(pool, options));
  if (!UserPool?.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN")) return null;
  const client = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
  const factors = new GetUserPoolMfaConfigCommand({ UserPoolId });
  const [{ UserPoolClient }, { WebAuthnConfiguration }] = await Promise.all([
    callCognito((cognito, options) => cognito.send(client, options)),
    callCognito((cognito, options) => cognito.send(factors, options)),
  ]);
  if (!UserPoolClient?.ExplicitAuthFlows?.includes("ALLOW_USER_AUTH")) return null;
  const { RelyingPartyId, FactorConfiguration } = WebAuthnConfiguration ?? {};
  if (!RelyingPartyId) return null;
  return {
    relyingParty: RelyingPartyId,
    isBothSteps: FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION",
  };
}
