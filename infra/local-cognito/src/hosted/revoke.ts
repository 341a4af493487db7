import { CognitoFailure } from "../model/failures";
import { signOutOperations } from "../operations/sign-in/sign-out";
import { type Call, formOf, json, type Reply } from "../protocol/reply";
import type { Cognito } from "../store/cognito";
import { authenticateClient } from "./client-authentication";
import { OAuthRefusal } from "./refusals";

/**
 * `POST /oauth2/revoke`: ends a refresh token and every access token that came from it, as RevokeToken does. An
 * unknown token is as good as revoked (developer guide, "The token revocation endpoint"; RFC 7009).
 */
export async function revoke(cognito: Cognito, call: Call): Promise<Reply> {
  const form = formOf(call);
  const token = form?.get("token");
  if (!form || !token) return refusal(400, "invalid_request");
  try {
    const { client } = authenticateClient(cognito, call, form);
    // What is not even shaped like one is an unknown token, where the operation would speak of its parameters.
    if (!/^[A-Za-z0-9\-_=.]+$/.test(token)) return { status: 200, headers: {}, body: "" };
    const secret = client.secret === undefined ? {} : { ClientSecret: client.secret };
    await signOutOperations.RevokeToken.run(cognito, { Token: token, ClientId: client.id, ...secret });
    return { status: 200, headers: {}, body: "" };
  } catch (error) {
    if (error instanceof OAuthRefusal)
      return refusal(error.error === "invalid_client" ? 401 : 400, error.error);
    if (!(error instanceof CognitoFailure)) throw error;
    return refusal(400, errors[error.name] ?? "invalid_request");
  }
}

/** What the operation refuses, in the endpoint's words. */
const errors: Record<string, string> = {
  UnsupportedTokenTypeException: "unsupported_token_type",
  UnauthorizedException: "unauthorized_client",
};

function refusal(status: number, error: string): Reply {
  return json({ error }, status);
}
