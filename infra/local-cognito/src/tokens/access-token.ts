import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { notAuthorized, userNotFound } from "../model/failures";
import type { Grant, PoolKeys, User } from "../model/user";
import { accessPublicKeys } from "./keys";

/** The caller of an operation that takes an access token: the user, and the client it was issued to. */
export interface Bearer {
  user: User;
  clientId: string;
  scopes: string[];
  /** The sign-in that it is of. */
  grant: Grant;
}

/** What this needs of the store. */
interface TokenLookup {
  now(): number;
  keys(poolId: string): PoolKeys | undefined;
  grant(eventId: string): Grant | undefined;
  user(poolId: string, username: string): User | undefined;
}

/** What the user's own operations of the API ask of a token. */
const API_SCOPE = "aws.cognito.signin.user.admin";

/**
 * Reads an access token as GetUser and GlobalSignOut do: signed by the pool it names, in time, for this API,
 * and of a sign-in that was not ended since.
 *
 * @param needed the scope that it must have.
 * @throws NotAuthorizedException, UserNotFoundException
 */
export async function readAccessToken(
  token: string,
  lookup: TokenLookup,
  needed = API_SCOPE,
): Promise<Bearer> {
  const poolId = poolOf(token);
  const keys = lookup.keys(poolId);
  if (!keys) throw notAuthorized.accessTokenInvalid();
  const { token_use, client_id, username, scope, event_id } = await verified(token, keys, lookup.now());
  if (token_use !== "access" || typeof client_id !== "string" || typeof username !== "string") {
    throw notAuthorized.accessTokenInvalid();
  }
  const scopes = String(scope).split(" ");
  if (!scopes.includes(needed)) throw notAuthorized.scopeMissing();
  const user = lookup.user(poolId, username);
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized.userDisabled();
  const grant = lookup.grant(String(event_id));
  if (!grant || grant.revoked) throw notAuthorized.accessTokenRevoked();
  return { user, clientId: client_id, scopes, grant };
}

/** The pool's id is the last part of the issuer, wherever this server happened to listen when it signed. */
function poolOf(token: string): string {
  try {
    return decodeJwt(token).iss?.split("/").at(-1) ?? "";
  } catch {
    throw notAuthorized.accessTokenInvalid();
  }
}

async function verified(token: string, keys: PoolKeys, now: number) {
  try {
    const { kid } = decodeProtectedHeader(token);
    const [current, ...retired] = accessPublicKeys(keys, now);
    const signer = retired.find((key) => key.kid === kid) ?? current;
    if (!signer) throw notAuthorized.accessTokenInvalid();
    const { payload } = await jwtVerify(token, signer.key, {
      algorithms: ["RS256"],
      currentDate: new Date(now),
      requiredClaims: ["exp", "iat"],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized.accessTokenExpired();
    if (error instanceof errors.JWSSignatureVerificationFailed) throw notAuthorized.accessTokenUnsigned();
    throw notAuthorized.accessTokenInvalid();
  }
}
