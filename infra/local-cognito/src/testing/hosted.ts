import { createHash, randomBytes } from "node:crypto";
import {
  CreateResourceServerCommand,
  type CreateUserPoolClientCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Triggers } from "../tokens/trigger";
import { type Shown, TestBrowser } from "./browser";
import {
  createClient,
  createPool,
  createUser,
  PASSWORD,
  startTestCognito,
  type TestCognito,
} from "./cognito";

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
  ReadAttributes: [
    "email",
    "email_verified",
    "name",
    "phone_number",
    "phone_number_verified",
    "custom:tenant_id",
  ],
};

/** A local Cognito with a pool, a public and a confidential client of the Hosted UI, and one user. */
export interface HostedCognito extends TestCognito {
  pool: string;
  client: string;
  confidential: { id: string; secret: string };
  username: string;
}

export async function startHosted(triggers: Triggers = {}): Promise<HostedCognito> {
  const cognito = await startTestCognito(triggers);
  const pool = await createPool(cognito.sdk);
  await cognito.sdk.send(
    new CreateResourceServerCommand({
      UserPoolId: pool,
      Identifier: "https://items.example",
      Name: "Items",
      Scopes: [
        { ScopeName: "read", ScopeDescription: "Read items" },
        { ScopeName: "write", ScopeDescription: "Write items" },
      ],
    }),
  );
  const { id: client } = await createClient(cognito.sdk, pool, { ...oauth, ClientName: "Web app" });
  const confidential = await createClient(cognito.sdk, pool, { ...oauth, GenerateSecret: true });
  const username = await createUser(cognito.sdk, pool, EMAIL, { attributes: { name: "Bob" } });
  return { ...cognito, pool, client, confidential, username };
}

/** A verifier of PKCE and its challenge. */
export function newPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** The address of an authorisation request; undefined takes a usual parameter away. */
export function authorizeUrl(
  { url, client }: Pick<HostedCognito, "url" | "client">,
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
  browser: TestBrowser,
  address: URL,
  username = EMAIL,
  password = PASSWORD,
): Promise<Shown> {
  return await browser.submit(await browser.open(address), { username, password });
}

/** Signs in and resolves to the code that the browser was sent back with. */
export async function codeFor(
  cognito: HostedCognito,
  changes: Record<string, string | undefined> = {},
  browser = new TestBrowser(cognito.url),
): Promise<string> {
  const { left, html } = await signInAt(browser, authorizeUrl(cognito, changes));
  const code = left?.searchParams.get("code");
  if (!code) throw new Error(`No code: ${left ?? html}`);
  return code;
}

/** Posts a form to an OAuth endpoint. */
export async function post(
  { url }: Pick<HostedCognito, "url">,
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
  cognito: HostedCognito,
  changes: Record<string, string | undefined> = {},
): Promise<Record<string, string>> {
  const { verifier, challenge } = newPkce();
  const code = await codeFor(cognito, { code_challenge: challenge, ...changes });
  const { body } = await post(cognito, "/oauth2/token", {
    grant_type: "authorization_code",
    client_id: cognito.client,
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
  return body as Record<string, string>;
}
