import { decodeJwt } from "jose";
import { type Identity, identitiesIn } from "../../cognito/identities";
import { poolKeys } from "../../cognito/pool-keys";
import { isSaidTrue } from "../../cognito/said-true";
import { type TokenClaims, type TokenUse, tokenVerifier } from "../../cognito/verify-token";
import { personName } from "../../db/text";
import { env } from "../../env";

/** Who is asking, as a verified token says. */
export type Principal = {
  sub: string;
  /** Cognito's own user name; the `sub` in an e-mail pool. */
  username: string;
  /** Only an ID token carries it. Null while it is not verified: anybody can write anybody's address there. */
  email: string | null;
  /** What they call themselves; null where the token does not carry it. */
  name: string | null;
  tokenUse: TokenUse;
  groups: string[];
  /** The tenant claim, where this token has one. */
  tenantClaim: string | null;
  /** The providers that they sign in by, which an ID token alone says; null where that cannot be read. */
  identities: readonly Identity[] | null;
  /** Which sign-in the token came from (`origin_jti`): the same after a refresh. Null where the client revokes none. */
  signInId: string | null;
  /** When that sign-in was (`auth_time`), in seconds since the epoch by Cognito's clock: the same after a refresh. */
  signedInAt: number;
  /** The app client that the token was issued to. */
  clientId: string;
};

let verify: ReturnType<typeof tokenVerifier> | undefined;

/**
 * Verifies a token of the use that this deployment asks for (`COGNITO_PREFERRED_TOKEN_USE`).
 *
 * @throws AppError `invalid_token`, `wrong_token_use`, `keys_unavailable`.
 */
export async function principalFromToken(token: string): Promise<Principal> {
  const settings = env();
  const { COGNITO_APP_CLIENT_ID, COGNITO_WEB_CLIENT_ID } = settings;
  verify ??= tokenVerifier({
    issuer: settings.COGNITO_ISSUER,
    keys: poolKeys(),
    clientIds: [COGNITO_APP_CLIENT_ID, ...(COGNITO_WEB_CLIENT_ID ? [COGNITO_WEB_CLIENT_ID] : [])],
  });
  return principalFrom(
    await verify(token, settings.COGNITO_PREFERRED_TOKEN_USE),
    settings.COGNITO_TENANT_CLAIM,
  );
}

/**
 * Who an ID token is about, without looking at its signature and its age: only for one that we took from Cognito
 * ourselves. OpenID Connect Core 1.0, section 3.1.3.7, point 6.
 */
export function unverifiedOwner({ idToken }: { idToken: string }): Principal {
  const claims = decodeJwt(idToken);
  const withGroups = { ...claims, "cognito:groups": claims["cognito:groups"] ?? [] } as TokenClaims;
  return principalFrom(withGroups, env().COGNITO_TENANT_CLAIM);
}

function principalFrom(claims: TokenClaims, tenantClaim: string): Principal {
  const tenant = claims[tenantClaim];
  return {
    sub: claims.sub,
    username: claims.token_use === "id" ? claims["cognito:username"] : claims.username,
    email: isSaidTrue(claims.email_verified) ? (claims.email ?? null) : null,
    name: personName(claims.name),
    tokenUse: claims.token_use,
    groups: claims["cognito:groups"],
    tenantClaim: typeof tenant === "string" && tenant !== "" ? tenant : null,
    identities: identitiesIn(claims.identities),
    signInId: claims.origin_jti ?? null,
    signedInAt: claims.auth_time ?? claims.iat,
    clientId: claims.token_use === "id" ? claims.aud : claims.client_id,
  };
}
