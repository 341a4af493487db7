import type { CreateIdentityProviderCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { Browser, type Shown } from "./browser";
import { authorizeUrl, CALLBACK, newPkce, oauth, post } from "./hosted";
import { OIDC_CLIENT } from "./openid-provider";
import { createClient, createPool, newDomain } from "./pool";
import type { Target } from "./target";

/** What a pool is told of an OpenID provider. */
export function oidc(
  ProviderName: string,
  issuer: string,
  more: Partial<CreateIdentityProviderCommandInput> = {},
): Omit<CreateIdentityProviderCommandInput, "UserPoolId"> {
  return {
    ProviderName,
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: OIDC_CLIENT.id,
      client_secret: OIDC_CLIENT.secret,
      attributes_request_method: "GET",
      oidc_issuer: issuer,
      authorize_scopes: "openid email profile",
    },
    AttributeMapping: { email: "email", name: "name" },
    ...more,
  };
}

export interface Federated {
  url: string;
  pool: string;
  client: string;
}

/** A pool with these providers, and a client of the Hosted UI that lets people in by each of them and by password. */
export async function openFederated(
  target: Target,
  providers: Omit<CreateIdentityProviderCommandInput, "UserPoolId">[],
  { ofPool = {}, ofClient = {} }: { ofPool?: object; ofClient?: object } = {},
): Promise<Federated> {
  const pool = await createPool(target, ofPool);
  const Domain = newDomain();
  await target.sdk.createUserPoolDomain({ UserPoolId: pool, Domain });
  for (const each of providers) await target.sdk.createIdentityProvider({ UserPoolId: pool, ...each });
  const SupportedIdentityProviders = ["COGNITO", ...providers.map(({ ProviderName = "" }) => ProviderName)];
  const { id } = await createClient(target, pool, {
    ...oauth,
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ReadAttributes: undefined,
    WriteAttributes: undefined,
    SupportedIdentityProviders,
    ...ofClient,
  });
  return { url: target.hosted(Domain), pool, client: id };
}

/** Walks to a provider, which sends the browser on at once, and back. Resolves to where the application is led. */
export async function walk(
  hosted: Federated,
  browser: Browser,
  changes: Record<string, string | undefined>,
): Promise<Shown> {
  return await back(browser, await browser.open(authorizeUrl(hosted, { scope: "openid", ...changes })));
}

/** Where the provider sends the browser that was led to it; the browser does not follow. */
export async function atProvider({ left }: Shown): Promise<URL> {
  if (!left) throw new Error("The browser was not sent to a provider.");
  const { headers, status } = await fetch(left, { redirect: "manual" });
  const location = headers.get("location");
  if (!location) throw new Error(`The provider answered ${status}.`);
  return new URL(location);
}

export async function back(browser: Browser, sent: Shown): Promise<Shown> {
  return await browser.open(await atProvider(sent));
}

/** Signs in at a provider. Resolves to the tokens that the application gets, and the claims of two of them. */
export async function federatedTokens(
  hosted: Federated,
  provider: string,
  browser = new Browser(hosted.url),
  changes: Record<string, string | undefined> = {},
) {
  const { verifier, challenge } = newPkce();
  const asked = { identity_provider: provider, code_challenge: challenge, ...changes };
  const { left, html } = await walk(hosted, browser, asked);
  const code = left?.searchParams.get("code");
  if (!code) throw new Error(`No code: ${left ?? html}`);
  const { body } = await post(hosted, "/oauth2/token", {
    grant_type: "authorization_code",
    client_id: hosted.client,
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
  const tokens = body as Record<"access_token" | "id_token" | "refresh_token", string>;
  return { ...tokens, access: decodeJwt(tokens.access_token), id: decodeJwt(tokens.id_token) };
}

/** The error and its description that the application is led back with. */
export function refusalIn({ left }: Shown): [string | null | undefined, string | null | undefined] {
  return [left?.searchParams.get("error"), left?.searchParams.get("error_description")];
}
