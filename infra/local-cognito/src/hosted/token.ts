import { CognitoFailure } from "../model/failures";
import { type Call, formOf, json, type Reply } from "../protocol/reply";
import type { Cognito, ThroughClient } from "../store/cognito";
import { authenticateClient } from "./client-authentication";
import { clientCredentialsTokens } from "./client-credentials";
import { redeemCode } from "./code-exchange";
import { refreshGrant } from "./refresh-grant";
import { OAuthRefusal } from "./refusals";
import { tokenFields } from "./token-fields";

type Grant = (context: ThroughClient, form: URLSearchParams) => Promise<object>;

const grants = new Map<string, Grant>([
  ["authorization_code", redeemCode],
  ["refresh_token", refreshGrant],
  ["client_credentials", clientCredentialsTokens],
]);

/**
 * `POST /oauth2/token` (developer guide, "The token issuer endpoint"; RFC 6749, 5).
 * @throws OAuthRefusal
 */
export async function token(cognito: Cognito, call: Call): Promise<Reply> {
  const form = formOf(call);
  if (!form || hasRepeated(form)) throw new OAuthRefusal("invalid_request");
  const name = form.get("grant_type");
  if (!name) throw new OAuthRefusal("invalid_request");
  const grant = grants.get(name);
  if (!grant) throw new OAuthRefusal("unsupported_grant_type");
  const context = authenticateClient(cognito, call, form);
  return json(tokenFields(await granted(() => grant(context, form))));
}

/** What the rules of the API refuse, in OAuth's words: the grant is no good. Only a trigger's words are passed on. */
async function granted(grant: () => Promise<object>): Promise<object> {
  try {
    return await grant();
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    const isTrigger = /Lambda/.test(error.name);
    throw new OAuthRefusal("invalid_grant", isTrigger ? error.message : undefined);
  }
}

/** "Request and response parameters MUST NOT be included more than once" (RFC 6749, 3.2). */
function hasRepeated(form: URLSearchParams): boolean {
  return new Set(form.keys()).size !== [...form.keys()].length;
}
