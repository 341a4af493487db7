import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolDomainCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  GetUICustomizationCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  SetUICustomizationCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPool, given } from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";

const target = await openTarget();
const { sdk } = target;
let pool: string;
const domainName = () => `contract-c-${pool.split("_")[1]?.toLowerCase()}`;
beforeAll(async () => {
  pool = await createPool(target);
  await sdk.send(
    new CreateResourceServerCommand({
      UserPoolId: pool,
      Identifier: "items",
      Name: "Items",
      Scopes: [{ ScopeName: "read", ScopeDescription: "Read items" }],
    }),
  );
  await sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: pool, Domain: domainName() }));
});
afterAll(async () => {
  await sdk.send(new DeleteUserPoolDomainCommand({ UserPoolId: pool, Domain: domainName() }));
  await target.close();
});

type Settings = Partial<CreateUserPoolClientCommandInput>;
const create = async (settings: Settings = {}) =>
  given(
    (await sdk.send(new CreateUserPoolClientCommand({ UserPoolId: pool, ClientName: "c", ...settings })))
      .UserPoolClient,
  );
const read = async (ClientId: string | undefined, UserPoolId = pool) =>
  given((await sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient);
const oauth = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid"],
  CallbackURLs: ["https://app.example/cb"],
} satisfies Settings;

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
    [
      "an hour for a refresh token",
      { RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: "minutes" } },
    ],
    ["fifteen minutes for a challenge", { AuthSessionValidity: 15 }],
    [
      "its own list of attributes",
      { ReadAttributes: ["email", "custom:tenant_id"], WriteAttributes: ["name"] },
    ],
  ])("takes %s and gives it back", async (_, settings) => {
    const client = await create(settings);
    expect(await read(client.ClientId)).toMatchObject(settings);
  });

  it.each<[string, Settings]>([
    [
      "old and new names of flows together",
      { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH"] },
    ],
    ["a flow that does not exist", { ExplicitAuthFlows: ["ALLOW_ANYTHING" as "ALLOW_USER_AUTH"] }],
    ["two minutes for a challenge", { AuthSessionValidity: 2 }],
    ["sixteen minutes for a challenge", { AuthSessionValidity: 16 }],
    ["a callback by plain http", { ...oauth, CallbackURLs: ["http://app.example/cb"] }],
    ["a callback with a fragment", { ...oauth, CallbackURLs: ["https://app.example/#cb"] }],
    ["a callback that is no address", { ...oauth, CallbackURLs: ["app"] }],
    ["a logout address with a fragment", { ...oauth, LogoutURLs: ["https://app.example/#x"] }],
    ["a default that is not among its addresses", { ...oauth, DefaultRedirectURI: "https://app.example/x" }],
    [
      "rotation together with ALLOW_REFRESH_TOKEN_AUTH",
      { RefreshTokenRotation: { Feature: "ENABLED" }, ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] },
    ],
    ["a grace of 61 seconds", { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 61 } }],
    ["a name with characters that names do not have", { ClientName: "a/b" }],
  ])("refuses %s: InvalidParameterException", async (_, settings) => {
    await refused(create(settings), "InvalidParameterException");
  });

  it.each<[string, Settings]>([
    ["an attribute to read that the pool lacks", { ReadAttributes: ["custom:nothing"] }],
    ["an attribute to write that the pool lacks", { WriteAttributes: ["custom:nothing"] }],
    ["sub as an attribute to write", { WriteAttributes: ["sub"] }],
    ["email_verified as an attribute to write", { WriteAttributes: ["email_verified"] }],
  ])("refuses %s: InvalidParameterException", async (_, settings) => {
    const words = `Invalid ${"ReadAttributes" in settings ? "read" : "write"} attributes specified while creating a client`;
    await refused(create(settings), "InvalidParameterException", words);
  });

  it.each<[string, Settings]>([
    ["four minutes for a token", { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: "minutes" } }],
    ["25 hours for a token", { IdTokenValidity: 25, TokenValidityUnits: { IdToken: "hours" } }],
    [
      "59 minutes for a refresh token",
      { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: "minutes" } },
    ],
    ["eleven years for a refresh token", { RefreshTokenValidity: 4015 }],
  ])("refuses %s: InvalidParameterException", async (_, settings) => {
    await refused(create(settings), "InvalidParameterException", "Invalid range for token validity.");
  });

  it.each<[string, Settings]>([
    ["OAuth without flows", { ...oauth, AllowedOAuthFlows: [] }],
    ["OAuth without scopes", { ...oauth, AllowedOAuthScopes: [] }],
    [
      "client_credentials beside another flow",
      { ...oauth, AllowedOAuthFlows: ["code", "client_credentials"] },
    ],
    [
      "client_credentials without a secret",
      { ...oauth, AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["items/read"] },
    ],
    [
      "client_credentials for a user's scope",
      { ...oauth, GenerateSecret: true, AllowedOAuthFlows: ["client_credentials"] },
    ],
  ])("refuses %s: InvalidOAuthFlowException", async (_, settings) => {
    await refused(create(settings), "InvalidOAuthFlowException");
  });

  it.each(["items/write", "orders/read", "everything"])(
    "refuses the unknown scope %s: ScopeDoesNotExistException",
    async (scope) => {
      await refused(create({ ...oauth, AllowedOAuthScopes: [scope] }), "ScopeDoesNotExistException");
    },
  );
});

describe("UpdateUserPoolClient", () => {
  it("returns to its default what it leaves out, and keeps id, secret and name", async () => {
    const lists = { ReadAttributes: ["email"], WriteAttributes: ["email"] };
    const client = await create({ ...oauth, ...lists, GenerateSecret: true, RefreshTokenValidity: 7 });
    const change = { UserPoolId: pool, ClientId: client.ClientId, AuthSessionValidity: 5 };
    await sdk.send(new UpdateUserPoolClientCommand(change));
    const updated = await read(client.ClientId);
    expect(updated).toMatchObject({
      ClientName: "c",
      ClientSecret: client.ClientSecret,
      AuthSessionValidity: 5,
      RefreshTokenValidity: 30,
      AllowedOAuthFlowsUserPoolClient: false,
    });
    expect(updated.CallbackURLs ?? []).toEqual([]);
    expect(updated.ReadAttributes).toBeUndefined();
    const { ClientId } = client;
    await sdk.send(new UpdateUserPoolClientCommand({ UserPoolId: pool, ClientId, ClientName: "renamed" }));
    expect((await read(ClientId)).ClientName).toBe("renamed");
  });

  it("is held to the same rules as making one", async () => {
    const { ClientId } = await create();
    const change = (settings: Settings) =>
      sdk.send(new UpdateUserPoolClientCommand({ UserPoolId: pool, ClientId, ...settings }));
    await refused(change({ AuthSessionValidity: 20 }), "InvalidParameterException");
    await refused(change({ ...oauth, AllowedOAuthScopes: ["nothing/read"] }), "ScopeDoesNotExistException");
  });
});

describe("a client", () => {
  it("does not exist in another pool: ResourceNotFoundException", async () => {
    const other = await createPool(target);
    const { ClientId } = await create();
    await refused(read(ClientId, other), "ResourceNotFoundException");
    const deletion = new DeleteUserPoolClientCommand({ UserPoolId: other, ClientId });
    await refused(sdk.send(deletion), "ResourceNotFoundException");
  });

  it("is gone after its deletion: ResourceNotFoundException", async () => {
    const { ClientId } = await create();
    await sdk.send(new DeleteUserPoolClientCommand({ UserPoolId: pool, ClientId }));
    const words = `User pool client ${ClientId} does not exist.`;
    await refused(read(ClientId), "ResourceNotFoundException", words);
  });

  it("is listed with id, name and pool alone: the list tells no secret", async () => {
    await create({ GenerateSecret: true });
    const seen: object[] = [];
    let NextToken: string | undefined;
    do {
      const page = await sdk.send(
        new ListUserPoolClientsCommand({ UserPoolId: pool, MaxResults: 7, NextToken }),
      );
      seen.push(...(page.UserPoolClients ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(seen.length).toBeGreaterThan(7);
    for (const each of seen)
      expect(Object.keys(each).sort()).toEqual(["ClientId", "ClientName", "UserPoolId"]);
  });

  it.each([0, 61])("is not listed by %d: InvalidParameterException", async (MaxResults) => {
    const request = new ListUserPoolClientsCommand({ UserPoolId: pool, MaxResults });
    await refused(sdk.send(request), "InvalidParameterException");
  });
});

describe("a resource server", () => {
  const server = { Identifier: "https://orders.example", Name: "Orders" };
  const Scopes = [{ ScopeName: "write", ScopeDescription: "Write orders" }];
  const describeServer = (Identifier: string) =>
    sdk.send(new DescribeResourceServerCommand({ UserPoolId: pool, Identifier }));

  it("is made, described, listed, updated and deleted", async () => {
    await sdk.send(new CreateResourceServerCommand({ UserPoolId: pool, ...server, Scopes }));
    const described = await describeServer(server.Identifier);
    expect(described.ResourceServer).toEqual({ UserPoolId: pool, ...server, Scopes });
    const listed = await sdk.send(new ListResourceServersCommand({ UserPoolId: pool, MaxResults: 50 }));
    expect(listed.ResourceServers?.map(({ Identifier }) => Identifier)).toContain(server.Identifier);
    await sdk.send(new UpdateResourceServerCommand({ UserPoolId: pool, ...server, Name: "O", Scopes: [] }));
    const updated = await describeServer(server.Identifier);
    expect(updated.ResourceServer).toMatchObject({ Name: "O" });
    expect(updated.ResourceServer?.Scopes ?? []).toEqual([]);
    await sdk.send(new DeleteResourceServerCommand({ UserPoolId: pool, Identifier: server.Identifier }));
    await refused(describeServer(server.Identifier), "ResourceNotFoundException");
  });

  it("has an identifier that no other of the pool has: InvalidParameterException", async () => {
    const same = new CreateResourceServerCommand({ UserPoolId: pool, Identifier: "items", Name: "Again" });
    await refused(sdk.send(same), "InvalidParameterException");
  });

  it.each([
    ["a slash in a scope", { Scopes: [{ ScopeName: "a/b", ScopeDescription: "x" }] }],
    ["a space in its identifier", { Identifier: "a b" }],
    ["a scope without a description", { Scopes: [{ ScopeName: "a", ScopeDescription: "" }] }],
    ["no name", { Name: "" }],
  ])("is refused with %s: InvalidParameterException", async (_, change) => {
    const request = { UserPoolId: pool, ...server, Identifier: "refused", ...change };
    await refused(sdk.send(new CreateResourceServerCommand(request)), "InvalidParameterException");
  });
});

describe("the look of the Hosted UI", () => {
  const get = (ClientId?: string) => sdk.send(new GetUICustomizationCommand({ UserPoolId: pool, ClientId }));
  const set = (CSS: string, ClientId?: string) =>
    sdk.send(new SetUICustomizationCommand({ UserPoolId: pool, CSS, ClientId }));
  const css = ".submitButton-customizable { background-color: #334455 }";

  it("is set for every client as ALL, and told back", async () => {
    const { UICustomization } = await set(css);
    expect(UICustomization).toMatchObject({ UserPoolId: pool, ClientId: "ALL", CSS: css });
    expect(UICustomization?.CSSVersion).toEqual(expect.any(String));
    expect((await get()).UICustomization).toMatchObject({ ClientId: "ALL", CSS: css });
  });

  it("is that of ALL for a client without one of its own, until it has", async () => {
    const { ClientId } = await create();
    expect((await get(ClientId)).UICustomization).toMatchObject({ CSS: css });
    await set(".logo-customizable { max-width: 60% }", ClientId);
    expect((await get(ClientId)).UICustomization).toMatchObject({
      ClientId,
      CSS: expect.stringContaining("max-width"),
    });
  });

  it("needs a domain: InvalidParameterException", async () => {
    const without = await createPool(target);
    const request = new SetUICustomizationCommand({ UserPoolId: without, CSS: css });
    await refused(sdk.send(request), "InvalidParameterException");
  });

  it.each(["</style><script>alert(1)</script>", "@import url(https://evil.example)"])(
    "takes no style that leaves the page: InvalidParameterException (%s)",
    async (CSS) => {
      await refused(set(CSS), "InvalidParameterException");
    },
  );
});
