import type { CreateUserPoolClientCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { Browser } from "./browser";
import { authorizeUrl } from "./hosted";
import { everyPage, given, newDomain, TENANT } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { target, sdk, pool, newPool } = await openBench();
await sdk.createResourceServer({
  UserPoolId: pool,
  Identifier: "items",
  Name: "Items",
  Scopes: [{ ScopeName: "read", ScopeDescription: "Read items" }],
});
await sdk.createUserPoolDomain({ UserPoolId: pool, Domain: newDomain() });

type Settings = Partial<CreateUserPoolClientCommandInput>;
const create = async (settings: Settings = {}) =>
  given((await sdk.createUserPoolClient({ UserPoolId: pool, ClientName: "c", ...settings })).UserPoolClient);
const read = async (ClientId: string | undefined, UserPoolId = pool) =>
  given((await sdk.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient);
const oauth = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid"],
  CallbackURLs: ["https://app.example/cb"],
} satisfies Settings;

const minutes = { TokenValidityUnits: { RefreshToken: "minutes" } } satisfies Settings;
const rotation = { RefreshTokenRotation: { Feature: "ENABLED" } } satisfies Settings;
const REFRESHING = "ALLOW_REFRESH_TOKEN_AUTH";

describe("CreateUserPoolClient", () => {
  it("gives an id of 26 lower-case characters, no secret unless asked, and dates", async () => {
    const client = await create();
    expect(client.ClientId).toMatch(/^[0-9a-z]{26}$/);
    expect(client.ClientSecret).toBeUndefined();
    expect(client).toMatchObject({ ClientName: "c", UserPoolId: pool, CreationDate: expect.any(Date) });
  });

  it("gives a secret of about fifty characters when asked", async () => {
    expect((await create({ GenerateSecret: true })).ClientSecret).toMatch(/^[0-9a-z]{50,52}$/);
  });

  it("defaults to refresh tokens of 30 days, revocable, and three minutes for a challenge", async () => {
    expect(await create()).toMatchObject({
      RefreshTokenValidity: 30,
      EnableTokenRevocation: true,
      AuthSessionValidity: 3,
      AllowedOAuthFlowsUserPoolClient: false,
    });
  });

  it("is told in full by DescribeUserPoolClient", async () => {
    const client = await create({ ...oauth, GenerateSecret: true, PreventUserExistenceErrors: "ENABLED" });
    expect(await read(client.ClientId)).toEqual(client);
  });

  it.each<[string, Settings]>([
    ["the scopes of a resource server", { ...oauth, AllowedOAuthScopes: ["items/read"] }],
    ["a scheme of an app's own", { ...oauth, CallbackURLs: ["myapp://back"] }],
    ["plain http on localhost", { ...oauth, CallbackURLs: ["http://localhost:3000/cb"] }],
    ["a default among its addresses", { ...oauth, DefaultRedirectURI: "https://app.example/cb" }],
    ["the old names of flows", { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] }],
    ["rotation", { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 } }],
    ["five minutes for a token", { AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: "minutes" } }],
    ["a day for a token", { IdTokenValidity: 1, TokenValidityUnits: { IdToken: "days" } }],
    ["an hour for a refresh token", { RefreshTokenValidity: 60, ...minutes }],
    ["fifteen minutes for a challenge", { AuthSessionValidity: 15 }],
    ["its own list of attributes", { ReadAttributes: ["email", TENANT], WriteAttributes: ["name"] }],
  ])("takes %s and gives it back", async (_, settings) => {
    expect(await read((await create(settings)).ClientId)).toMatchObject(settings);
  });

  it.each<[string, Settings]>([
    [
      "old and new names of flows together",
      { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH"] },
    ],
    ["a flow that does not exist", { ExplicitAuthFlows: ["ALLOW_ANYTHING" as "ALLOW_USER_AUTH"] }],
    ["two minutes for a challenge", { AuthSessionValidity: 2 }],
    ["sixteen minutes for a challenge", { AuthSessionValidity: 16 }],
    ["a logout address with a fragment", { ...oauth, LogoutURLs: ["https://app.example/#x"] }],
    ["a default that is not among its addresses", { ...oauth, DefaultRedirectURI: "https://app.example/x" }],
    ["rotation together with ALLOW_REFRESH_TOKEN_AUTH", { ...rotation, ExplicitAuthFlows: [REFRESHING] }],
    ["a grace of 61 seconds", { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 61 } }],
    ["a name with characters that names do not have", { ClientName: "a/b" }],
  ])("refuses %s: InvalidParameterException", async (_, settings) => {
    await invalidParameter(create(settings));
  });

  it.each([
    "/relative",
    "//evil.example",
    "app",
    "https://app.example/#cb",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://app.example/ b",
  ])("refuses the callback %s: InvalidParameterException", async (url) => {
    await invalidParameter(create({ ...oauth, CallbackURLs: [url] }));
  });

  it("refuses a callback by plain http, but of one's own machine: InvalidParameterException", async () => {
    const words = "http://app.example/cb cannot use the HTTP protocol.";
    await invalidParameter(create({ ...oauth, CallbackURLs: ["http://app.example/cb"] }), words);
    const fine = [
      "http://127.0.0.1:1/cb",
      "http://[::1]:1/cb",
      "com.app:/cb",
      "https://a.example:8443/cb?x=1",
    ];
    expect((await create({ ...oauth, CallbackURLs: fine })).CallbackURLs).toEqual(fine);
  });

  it.each<[string, Settings]>([
    ["an attribute to read that the pool lacks", { ReadAttributes: ["custom:nothing"] }],
    ["an attribute to write that the pool lacks", { WriteAttributes: ["custom:nothing"] }],
    ["sub as an attribute to write", { WriteAttributes: ["sub"] }],
    ["email_verified as an attribute to write", { WriteAttributes: ["email_verified"] }],
  ])("refuses %s: InvalidParameterException", async (_, settings) => {
    const words = `Invalid ${"ReadAttributes" in settings ? "read" : "write"} attributes specified while creating a client`;
    await invalidParameter(create(settings), words);
  });

  it.each<[string, Settings]>([
    ["four minutes for a token", { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: "minutes" } }],
    ["25 hours for a token", { IdTokenValidity: 25, TokenValidityUnits: { IdToken: "hours" } }],
    ["59 minutes for a refresh token", { RefreshTokenValidity: 59, ...minutes }],
    ["eleven years for a refresh token", { RefreshTokenValidity: 4015 }],
    [
      "a refresh token that ends before an access token",
      { RefreshTokenValidity: 60, ...minutes, AccessTokenValidity: 2 },
    ],
    [
      "a refresh token that ends before an ID token",
      { RefreshTokenValidity: 90, ...minutes, IdTokenValidity: 2 },
    ],
  ])("refuses %s: InvalidParameterException", async (_, settings) => {
    await invalidParameter(create(settings), "Invalid range for token validity.");
  });

  it.each<[string, Settings]>([
    ["one scope twice [unconfirmed]", { ...oauth, AllowedOAuthScopes: ["openid", "email", "openid"] }],
    ["analytics, which have no effect here", { AnalyticsConfiguration: { ApplicationId: "a".repeat(32) } }],
    ["addresses that it passes on, which have none", { EnablePropagateAdditionalUserContextData: true }],
  ])("refuses %s, when made and when changed", async (_, settings) => {
    await invalidParameter(create(settings));
    const { ClientId } = await create();
    await invalidParameter(sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, ...settings }));
  });

  const required =
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.";
  const [flow, ofMachines] = [
    "client_credentials flow",
    { AllowedOAuthFlows: ["client_credentials" as const] },
  ];
  it.each<[string, Settings, words: string]>([
    ["OAuth without flows", { ...oauth, AllowedOAuthFlows: [] }, required],
    ["OAuth without scopes", { ...oauth, AllowedOAuthScopes: [] }, required],
    [
      "client_credentials beside another flow",
      { ...oauth, AllowedOAuthFlows: ["code", "client_credentials"] },
      `${flow} can not be selected along with code flow or implicit flow.`,
    ],
    [
      "client_credentials without a secret",
      { ...oauth, ...ofMachines, AllowedOAuthScopes: ["items/read"] },
      `${flow} can not be selected if client does not have a client secret.`,
    ],
    [
      "client_credentials for a user's scope",
      { ...oauth, ...ofMachines, GenerateSecret: true },
      `openid is not supported with ${flow}`,
    ],
  ])("refuses %s, when made and when changed: InvalidOAuthFlowException", async (_, settings, words) => {
    await refused(create(settings), "InvalidOAuthFlowException", words);
    const { GenerateSecret, ...changes } = settings;
    const { ClientId } = await create({ GenerateSecret });

    await refused(
      sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, ...changes }),
      "InvalidOAuthFlowException",
      words,
    );
  });

  it.each(["items/write", "orders/read", "everything"])(
    "refuses the unknown scope %s: ScopeDoesNotExistException",
    async (scope) => {
      const attempt = create({ ...oauth, AllowedOAuthScopes: [scope] });
      await refused(attempt, "ScopeDoesNotExistException", `Invalid scope requested: ${scope}`);
    },
  );
});

describe("UpdateUserPoolClient", () => {
  it("returns to its default what it leaves out, and keeps id, secret and name", async () => {
    const lists = { ReadAttributes: ["email"], WriteAttributes: ["email"] };
    const client = await create({ ...oauth, ...lists, GenerateSecret: true, RefreshTokenValidity: 7 });
    const { ClientId, ClientSecret } = client;
    await sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, AuthSessionValidity: 5 });
    const updated = await read(client.ClientId);
    expect(updated).toMatchObject({
      ClientName: "c",
      ClientSecret,
      AuthSessionValidity: 5,
      RefreshTokenValidity: 30,
      AllowedOAuthFlowsUserPoolClient: false,
    });
    expect(updated.CallbackURLs ?? []).toEqual([]);
    expect(updated.ReadAttributes).toBeUndefined();
    await sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, ClientName: "renamed" });
    expect((await read(ClientId)).ClientName).toBe("renamed");
  });

  it("is held to the same rules as making one", async () => {
    const { ClientId } = await create();
    const change = (settings: Settings) =>
      sdk.updateUserPoolClient({ UserPoolId: pool, ClientId, ...settings });
    await invalidParameter(change({ AuthSessionValidity: 20 }));
    await refused(change({ ...oauth, AllowedOAuthScopes: ["nothing/read"] }), "ScopeDoesNotExistException");
  });
});

describe("a client", () => {
  it("does not exist in another pool: ResourceNotFoundException", async () => {
    const other = await newPool();
    const { ClientId } = await create();
    await refused(read(ClientId, other), "ResourceNotFoundException");
    await refused(sdk.deleteUserPoolClient({ UserPoolId: other, ClientId }), "ResourceNotFoundException");
  });

  it("is gone after its deletion: ResourceNotFoundException", async () => {
    const { ClientId } = await create();
    await sdk.deleteUserPoolClient({ UserPoolId: pool, ClientId });
    await refused(
      read(ClientId),
      "ResourceNotFoundException",
      `User pool client ${ClientId} does not exist.`,
    );
  });

  it("is listed with id, name and pool alone: the list tells no secret", async () => {
    await create({ GenerateSecret: true });
    const seen = await everyPage(
      (NextToken) => sdk.listUserPoolClients({ UserPoolId: pool, MaxResults: 7, NextToken }),
      (page) => page.UserPoolClients,
    );
    expect(seen.length).toBeGreaterThan(7);
    for (const each of seen)
      expect(Object.keys(each).sort()).toEqual(["ClientId", "ClientName", "UserPoolId"]);
  });

  it.each([0, 61])("is not listed by %d: InvalidParameterException", async (MaxResults) => {
    await invalidParameter(sdk.listUserPoolClients({ UserPoolId: pool, MaxResults }));
  });
});

describe("a resource server", () => {
  const server = { Identifier: "https://orders.example", Name: "Orders" };
  const Scopes = [{ ScopeName: "write", ScopeDescription: "Write orders" }];
  const describeServer = (Identifier: string) => sdk.describeResourceServer({ UserPoolId: pool, Identifier });

  it("is made, described, listed, updated and deleted", async () => {
    await sdk.createResourceServer({ UserPoolId: pool, ...server, Scopes });
    const described = await describeServer(server.Identifier);
    expect(described.ResourceServer).toEqual({ UserPoolId: pool, ...server, Scopes });
    const seen = await everyPage(
      (NextToken) => sdk.listResourceServers({ UserPoolId: pool, MaxResults: 1, NextToken }),
      (page) => page.ResourceServers?.map(({ Identifier }) => Identifier),
    );
    expect(seen.sort()).toEqual(["items", server.Identifier].sort());
    await sdk.updateResourceServer({ UserPoolId: pool, ...server, Name: "O", Scopes: [] });
    const updated = await describeServer(server.Identifier);
    expect(updated.ResourceServer).toMatchObject({ Name: "O" });
    expect(updated.ResourceServer?.Scopes ?? []).toEqual([]);
    await sdk.deleteResourceServer({ UserPoolId: pool, Identifier: server.Identifier });
    await refused(describeServer(server.Identifier), "ResourceNotFoundException");
  });

  it("has an identifier that no other of the pool has: InvalidParameterException", async () => {
    await invalidParameter(
      sdk.createResourceServer({ UserPoolId: pool, Identifier: "items", Name: "Again" }),
    );
  });

  it.each([
    ...["a/b", "a b", 'a"b', ""].map((ScopeName): [string, object] => [
      `the scope ${JSON.stringify(ScopeName)}`,
      { Scopes: [{ ScopeName, ScopeDescription: "x" }] },
    ]),
    ["a space in its identifier", { Identifier: "a b" }],
    ["a scope without a description", { Scopes: [{ ScopeName: "a", ScopeDescription: "" }] }],
    ["no name", { Name: "" }],
  ])("is refused with %s: InvalidParameterException", async (_, change) => {
    const request = { UserPoolId: pool, ...server, Identifier: "refused", ...change };
    await invalidParameter(sdk.createResourceServer(request));
  });
});

describe("the look of the Hosted UI", () => {
  const get = (ClientId?: string) => sdk.getUICustomization({ UserPoolId: pool, ClientId });
  const set = (CSS: string, ClientId?: string) => sdk.setUICustomization({ UserPoolId: pool, CSS, ClientId });
  const css = ".submitButton-customizable { background-color: #334455 }";

  it("is set for every client as ALL, and told back", async () => {
    expect((await get()).UICustomization).toEqual({});
    const { UICustomization } = await set(css);
    expect(UICustomization).toMatchObject({ UserPoolId: pool, ClientId: "ALL", CSS: css });
    expect(UICustomization?.CSSVersion).toEqual(expect.any(String));
    expect((await get()).UICustomization).toMatchObject({ ClientId: "ALL", CSS: css });
  });

  it("is that of ALL for a client without one of its own, until it has", async () => {
    const { ClientId } = await create();
    expect((await get(ClientId)).UICustomization).toMatchObject({ CSS: css });
    expect((await get(ClientId)).UICustomization?.ClientId).toBe("ALL");
    await set(".logo-customizable { max-width: 60% }", ClientId);
    expect((await get(ClientId)).UICustomization).toMatchObject({
      ClientId,
      CSS: expect.stringContaining("max-width"),
    });
  });

  it.skipIf(!target.isOwn)(
    "is shown on the pages with its picture, and taken back by saying nothing",
    async () => {
      const { ClientId = "" } = await create(oauth);
      const PNG = Buffer.from("89504e470d0a1a0a0000", "hex");
      const request = { UserPoolId: pool, ClientId, CSS: "a { color: red; }", ImageFile: PNG };
      const { UICustomization } = await sdk.setUICustomization(request);
      const address = authorizeUrl(
        { url: target.endpoint, client: ClientId },
        { redirect_uri: "https://app.example/cb" },
      );
      const { html, headers } = await new Browser(target.endpoint).open(address);
      expect(html).toContain("<style>a { color: red; }</style>");
      expect(html).toContain(`src="data:image/png;base64,${PNG.toString("base64")}"`);
      expect(headers.get("content-security-policy")?.match(/'sha256-/g)).toHaveLength(2);
      const picture = await fetch(UICustomization?.ImageUrl ?? "");
      const bytes = Buffer.from(await picture.arrayBuffer());
      expect([picture.headers.get("content-type"), bytes]).toEqual(["image/png", PNG]);
      await sdk.setUICustomization({ UserPoolId: pool, ClientId });
      expect((await get(ClientId)).UICustomization).toMatchObject({ ClientId: "ALL" });
      await sdk.setUICustomization({ UserPoolId: pool });
      expect((await get(ClientId)).UICustomization).toEqual({});
      const plain = await new Browser(target.endpoint).open(address);
      expect(plain.html).not.toContain("color: red; }</style>");
    },
  );

  it("has no picture but a PNG or a JPEG: InvalidParameterException", async () => {
    const ImageFile = Buffer.from("<svg onload=alert(1)>");
    await invalidParameter(sdk.setUICustomization({ UserPoolId: pool, ImageFile }));
  });

  it("needs a domain: InvalidParameterException", async () => {
    const without = await newPool();
    const words = "There has to be an existing domain associated with this user pool";
    await invalidParameter(sdk.setUICustomization({ UserPoolId: without, CSS: css }), words);
    await invalidParameter(sdk.getUICustomization({ UserPoolId: without }), words);
  });

  it.each(["</style><script>alert(1)</script>", "@import 'https://evil.example'", "a{background:URL (x)}"])(
    "takes no style that leaves the page: InvalidParameterException (%s)",
    async (CSS) => {
      await invalidParameter(set(CSS));
    },
  );
});
