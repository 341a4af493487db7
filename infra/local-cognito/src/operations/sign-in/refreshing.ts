import { z } from "zod";
import { notAuthorized } from "../../model/failures";
import type { Grant } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { assertNotExchanged, exchanged, rotates } from "../../rules/rotation";
import { isSecretOf } from "../../rules/secret-hash";
import { assertOfDevice, assertRefresh } from "../../rules/sign-in";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { newRefreshToken } from "../../tokens/opaque";
import { unsigned } from "../operation";
import { clientId, refreshToken, stringMap } from "../parameters";
import { signTokens } from "./tokens";

export const refreshingOperations = {
  GetTokensFromRefreshToken: unsigned(
    z.object({
      ClientId: clientId,
      RefreshToken: refreshToken,
      ClientSecret: z.string().min(1).max(64).optional(),
      DeviceKey: z.string().min(1).max(55).optional(),
      ClientMetadata: stringMap.optional(),
    }),
    async (cognito, { ClientId, RefreshToken, ClientSecret, DeviceKey, ClientMetadata }) => {
      const context = cognito.throughClient(ClientId);
      const { client } = context;
      if (client.secret !== undefined && !isSecretOf(client, ClientSecret)) {
        throw notAuthorized.clientSecretWrong();
      }
      const refreshing = { token: RefreshToken, deviceKey: DeviceKey, clientMetadata: ClientMetadata };
      return { AuthenticationResult: await refreshTokens(context, refreshing) };
    },
  ),
};

interface Refreshing {
  token: string;
  /** What the client says it was signed in with. */
  deviceKey?: string | undefined;
  clientMetadata?: Record<string, string> | undefined;
}

/**
 * New access and ID tokens for a refresh token, by whichever door it came in; with rotation also a new refresh
 * token in place of this one. Without, the refresh token stays what it is and is not repeated.
 *
 * @throws NotAuthorizedException, RefreshTokenReuseException, UserLambdaValidationException and its kin
 */
export async function refreshTokens(
  context: ThroughClient,
  { token, deviceKey, clientMetadata }: Refreshing,
): Promise<object> {
  const { cognito, client } = context;
  const hash = fingerprint(token);
  const standing = (): Grant => {
    const grant = cognito.grantOfRefresh(hash);
    const user = grant && cognito.user(grant.poolId, grant.username);
    assertRefresh(grant, user, { client, now: cognito.now() });
    assertNotExchanged({ client, grant, hash, now: cognito.now() });
    assertOfDevice(grant, user, deviceKey);
    return grant;
  };
  const source = "TokenGeneration_RefreshTokens";
  const tokens = await signTokens(context, standing(), { source, clientMetadata });
  // The trigger and the signing took time: what was revoked or exchanged meanwhile gives nothing.
  const stands = standing();
  const { tracked } = stands;
  const grant = tracked ? { ...stands, tracked: { ...tracked, activeAt: cognito.now() } } : stands;
  if (!rotates(client)) {
    if (tracked) cognito.commit(put("grants", grant));
    return tokens;
  }
  const next = newRefreshToken();
  const exchange = { client, grant, hash, now: cognito.now() };
  cognito.commit(put("grants", exchanged(exchange, fingerprint(next))));
  return { ...tokens, RefreshToken: next };
}
