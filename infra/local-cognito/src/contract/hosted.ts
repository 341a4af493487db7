import { createHash, randomBytes } from "node:crypto";
import type { CreateUserPoolClientCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { Browser, type Shown } from "./browser";
import {
  type ContractClient,
  createClient,
  createPool,
  createUser,
  newDomain,
  PASSWORD,
  TENANT,
} from "./pool";
import type { Target } from "./target";

export const CALLBACK = "http://localhost:3000/callback";
export const LOGOUT = "http://localhost:3000/bye";
export const EMAIL = "bob@acme.example";

/** What a public client of the Hosted UI is made with. */
export const oauth: Partial<CreateUserPoolClientCommandInput> = {
  ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
  SupportedIdentityProviders: ["COGNITO"],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
  CallbackURLs: [CALLBACK, "myapp://back", "https://app.example/cb?fixed=1"],
  LogoutURLs: [LOGOUT],
  ReadAttributes: ["email", "email_verified", "name", "phone_number", "phone_number_verified", TENANT],
};

/** A pool with a domain, a public and a confidential client of its Hosted UI, and one user, EMAIL. */
export interface Hosted {
  /** Of the domain. */
  url: string;
  pool: string;
  client: string;
  confidential: ContractClient;
  username: string;
}

export async function openHosted(target: Target, more: object = {}): Promise<Hosted> {
  const { sdk } = target;
  const pool = await createPool(target, more);
  const Domain = newDomain();
  await sdk.createUserPoolDomain({ UserPoolId: pool, Domain });
  await sdk.createResourceServer({
    UserPoolId: pool,
    Identifier: "https://items.example",
    Name: "Items",
    Scopes: [
      { ScopeName: "read", ScopeDescription: "Read items" },
      { ScopeName: "write", ScopeDescription: "Write items" },
    ],
  });
  const { id: client } = await createClient(target, pool, { ...oauth, ClientName: "Web app" });
  const confidential = await createClient(target, pool, { ...oauth, GenerateSecret: true });
  const { username } = await createUser(target, pool, { email: EMAIL, attributes: { name: "Bob" } });
  return { url: target.hosted(Domain), pool, client, confidential, username };
}

/** A verifier of PKCE and its challenge. */
export function newPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** The address of an authorisation request; undefined takes a usual parameter away. */
export function authorizeUrl(
  { url, client }: Pick<Hosted, "url" | "client">,
  changes: Record<string, string | undefined> = {},
  path = "/oauth2/authorize",
): URL {
  const usual = {
    response_type: "code",
    client_id: client,
    redirect_uri: CALLBACK,
    state: "s-1",
    code_challenge: newPkce().challenge,
    code_challenge_method: "S256",
  };
  const target = new URL(path, url);
  for (const [name, value] of Object.entries({ ...usual, ...changes })) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  return target;
}

/** Signs in with the password on the form that the address leads to. */
export async function signInAt(
  browser: Browser,
  address: URL,
  username = EMAIL,
  password = PASSWORD,
): Promise<Shown> {
  return await browser.submit(await browser.open(address), { username, password });
}

/** Signs in and resolves to the code that the browser was sent back with. */
export async function codeFor(
  hosted: Hosted,
  changes: Record<string, string | undefined> = {},
  browser = new Browser(hosted.url),
): Promise<string> {
  const { left, html } = await signInAt(browser, authorizeUrl(hosted, changes));
  const code = left?.searchParams.get("code");
  if (!code) throw new Error(`No code: ${left ?? html}`);
  return code;
}

/** Posts a form to an OAuth endpoint. */
export async function post(
  { url }: Pick<Hosted, "url">,
  path: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(new URL(path, url), {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
}

export function basic(id: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

/** Signs in and exchanges the code. Resolves to what the token endpoint gave. */
export async function tokensFor(
  hosted: Hosted,
  changes: Record<string, string | undefined> = {},
): Promise<Record<string, string>> {
  const { verifier, challenge } = newPkce();
  const code = await codeFor(hosted, { code_challenge: challenge, ...changes });
  const { body } = await post(hosted, "/oauth2/token", {
    grant_type: "authorization_code",
    client_id: hosted.client,
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
  return body as Record<string, string>;
}
