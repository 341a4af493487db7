import { clientToken, grantedScopes } from "../operations/sign-in/client-token";
import type { ThroughClient } from "../store/cognito";
import { OAuthRefusal } from "./refusals";

/**
 * An access token for the client itself.
 * @throws OAuthRefusal unauthorized_client, invalid_scope
 */
export async function clientCredentialsTokens(
  context: ThroughClient,
  form: URLSearchParams,
): Promise<object> {
  const { client } = context;
  const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows = [] } = client.settings;
  const isAllowed = AllowedOAuthFlowsUserPoolClient && AllowedOAuthFlows.includes("client_credentials");
  if (!isAllowed || client.secret === undefined) throw new OAuthRefusal("unauthorized_client");
  const scopes = grantedScopes(context, (form.get("scope") ?? "").split(" ").filter(Boolean));
  if (!scopes) throw new OAuthRefusal("invalid_scope");
  return await clientToken(context, scopes, metadataIn(form.get("aws_client_metadata")));
}

/** What is handed on to the trigger: `aws_client_metadata`, JSON (developer guide, "Token endpoint"). */
function metadataIn(text: string | null): Record<string, string> | undefined {
  if (text === null) return undefined;
  try {
    const pairs = Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)]);
    return Object.fromEntries(pairs);
  } catch {
    throw new OAuthRefusal("invalid_request");
  }
}
