import { createHash, randomBytes } from "node:crypto";
import { startTestCognito, TestBrowser } from "@sekisho/local-cognito/testing";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webClient } from "./pool-shape";
import { type PoolEnvironment, provision } from "./provision";
import { newEmail, newPoolUser } from "./testing/cognito-user";
import { triggers } from "./triggers";

/** What acme's provider says of somebody to get into globex. */
const LIES = {
  sub: "mallory",
  email: "carol@globex.example",
  email_verified: true,
  name: "Carol",
  tenant: "globex",
  groups: "operator",
  preferred_username: "sso-globex_carol",
  identities: JSON.stringify([{ providerName: "sso-globex", userId: "carol", primary: true }]),
  "custom:tenant_id": "globex",
};

const cognito = await startTestCognito(triggers, {
  mockIdp: { acme: [LIES], globex: [{ sub: "gil", email: "gil@globex.example" }] },
});
afterAll(cognito.stop);
const { sdk, url } = cognito;
let pool: PoolEnvironment;
let UserPoolId: string;
let ClientId: string;

beforeAll(async () => {
  pool = await provision(url);
  UserPoolId = pool.COGNITO_USER_POOL_ID;
  ClientId = pool.COGNITO_WEB_CLIENT_ID;
  for (const tenant of ["acme", "globex"]) await openProvider(tenant);
  await changeWebClient({});
});

/** With everything mapped that a pool with this client can map: more than the application ever does. */
async function openProvider(tenant: string): Promise<void> {
  await sdk.createIdentityProvider({
    UserPoolId,
    ProviderName: `sso-${tenant}`,
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "sekisho",
      client_secret: "secret",
      attributes_request_method: "GET",
      oidc_issuer: `${url}/_idp/${tenant}`,
      authorize_scopes: "openid email profile",
    },
    AttributeMapping: {
      email: "email",
      email_verified: "email_verified",
      name: "name",
      "custom:tenant_id": "tenant",
      preferred_username: "preferred_username",
      profile: "identities",
      nickname: "groups",
    },
  });
}

/** The worst that somebody could make of the client by hand: a provider may write all that it maps. */
async function changeWebClient(changes: object): Promise<void> {
  const mapped = ["email", "name", "custom:tenant_id", "preferred_username", "profile", "nickname"];
  await sdk.updateUserPoolClient({
    ...webClient(UserPoolId, {}),
    ClientId,
    SupportedIdentityProviders: ["COGNITO", "sso-acme", "sso-globex"],
    WriteAttributes: mapped,
    ...changes,
  });
}

const CALLBACK = "http://localhost:3000/api/auth/callback/cognito";

/** Signs in as whoever comes first at the provider of a tenant. Resolves to where the application is led. */
async function walk(tenant: string, verifier: string): Promise<URL> {
  const browser = new TestBrowser(url);
  const address = new URL("/oauth2/authorize", url);
  address.search = String(
    new URLSearchParams({
      response_type: "code",
      client_id: ClientId,
      redirect_uri: CALLBACK,
      scope: "openid email profile aws.cognito.signin.user.admin",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      identity_provider: `sso-${tenant}`,
    }),
  );
  const { left } = await browser.submit(await browser.open(address), {});
  if (!left) throw new Error("The provider sent nobody back.");
  return left;
}

async function tokensBy(tenant: string) {
  const code_verifier = randomBytes(32).toString("base64url");
  const back = await walk(tenant, code_verifier);
  const code = back.searchParams.get("code");
  if (code === null) throw new Error(`No code: ${back}`);
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: ClientId,
    redirect_uri: CALLBACK,
    code,
    code_verifier,
  });
  const answer = await fetch(`${url}/oauth2/token`, { method: "POST", body });
  const tokens = (await answer.json()) as { access_token: string; id_token: string };
  return { access: decodeJwt(tokens.access_token), id: decodeJwt(tokens.id_token) };
}

const tenantsIn = ({ access, id }: Awaited<ReturnType<typeof tokensBy>>) => [
  access["custom:tenant_id"],
  id["custom:tenant_id"],
];

describe("whoever comes by acme's provider", () => {
  it("is of acme on both tokens, and in no group, whatever it asserts and the pool writes down", async () => {
    const { access, id } = await tokensBy("acme");
    expect(access.username).toBe("sso-acme_mallory");
    expect(tenantsIn({ access, id })).toEqual(["acme", "acme"]);
    expect(access["cognito:groups"] ?? []).toEqual([]);
    expect(id.identities).toMatchObject([{ providerName: "sso-acme", userId: "mallory" }]);
    const { UserAttributes } = await sdk.adminGetUser({ UserPoolId, Username: "sso-acme_mallory" });
    // It was written indeed, and counts for nothing.
    expect(UserAttributes).toContainEqual({ Name: "custom:tenant_id", Value: "globex" });
  });

  it("has the role that the application gave them, and is no operator even if somebody makes them one", async () => {
    await tokensBy("acme");
    const user = { UserPoolId, Username: "sso-acme_mallory" };
    for (const GroupName of ["member", "operator"]) await sdk.adminAddUserToGroup({ ...user, GroupName });
    const { access, id } = await tokensBy("acme");
    expect(access["cognito:groups"]).toEqual(["member"]);
    expect(id["cognito:groups"]).toEqual(["member"]);
  });

  it("comes no further where the client is as it was provisioned: no provider may write a tenant", async () => {
    const { WriteAttributes } = webClient(UserPoolId, {});
    await changeWebClient({ WriteAttributes });
    const back = await walk("acme", randomBytes(32).toString("base64url"));
    expect(back.searchParams.get("error_description")).toContain("attribute");
    await changeWebClient({});
  });
});

describe("a password user whom providers are linked to", () => {
  const link = async (username: string, tenant: string, subject: string) =>
    await sdk.adminLinkProviderForUser({
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: username },
      SourceUser: {
        ProviderName: `sso-${tenant}`,
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: subject,
      },
    });

  it("keeps their tenant by their own tenant's provider, and has none by that of two", async () => {
    const bob = await newPoolUser({ sdk, UserPoolId }, "globex", { email: newEmail() });
    await link(bob.id, "globex", "gil");
    const attributes = { UserPoolId, Username: bob.id };
    const own = async (Value: string) =>
      await sdk.adminUpdateUserAttributes({
        ...attributes,
        UserAttributes: [{ Name: "custom:tenant_id", Value }],
      });
    // Nothing of the tenant comes from this provider: its people are told of without one.
    expect(tenantsIn(await tokensBy("globex"))).toEqual(["globex", "globex"]);
    await own("acme");
    expect(tenantsIn(await tokensBy("globex"))).toEqual([undefined, undefined]);
    await own("globex");
    await link(bob.id, "acme", "somebody");
    expect(tenantsIn(await tokensBy("globex"))).toEqual([undefined, undefined]);
  });
});
