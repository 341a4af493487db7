import { CognitoFailure } from "../model/failures";
import { type Call, json, type Reply } from "../protocol/reply";
import { attributesTold } from "../rules/federation";
import { isReadable } from "../rules/schema";
import { isInScope } from "../rules/scopes";
import type { Cognito } from "../store/cognito";
import { readAccessToken } from "../tokens/access-token";

/**
 * `/oauth2/userInfo`: what the token's scopes and the client's read permissions open of the user. All values are
 * strings, `email_verified` too (developer guide, "The user attributes endpoint").
 */
export async function userInfo(cognito: Cognito, call: Call): Promise<Reply> {
  const token = /^Bearer +([\w.=-]+)$/i.exec(call.headers.authorization ?? "")?.[1];
  if (token === undefined) return refusal(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
  try {
    const { user, clientId, scopes } = await readAccessToken(token, cognito, "openid");
    const readable = cognito.client(clientId).settings.ReadAttributes;
    const told = Object.entries(attributesTold(user)).filter(
      ([name]) => isReadable(readable, name) && isInScope(scopes, name),
    );
    return json({ ...Object.fromEntries(told), username: user.username });
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return refusal(
      401,
      "invalid_token",
      "Access token is expired, disabled, or deleted, or the user has globally signed out.",
    );
  }
}

function refusal(status: number, error: string, description: string): Reply {
  const challenge = `Bearer error="${error}", error_description="${description}"`;
  return json({ error, error_description: description }, status, { "www-authenticate": challenge });
}
