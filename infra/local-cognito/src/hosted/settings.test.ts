import {
  CreateResourceServerCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetUICustomizationCommand,
  ListResourceServersCommand,
  SetUICustomizationCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "../testing/browser";
import { createClient, createPool, refused } from "../testing/cognito";
import { authorizeUrl, type HostedCognito, oauth, startHosted } from "../testing/hosted";

let cognito: HostedCognito;
beforeAll(async () => {
  cognito = await startHosted();
});
afterAll(() => cognito.stop());

const INVALID = "InvalidParameterException";

describe("a domain", () => {
  const create = (Domain: string, UserPoolId: string, more = {}) =>
    cognito.sdk.send(new CreateUserPoolDomainCommand({ Domain, UserPoolId, ...more }));
  const describeDomain = async (Domain: string) =>
    (await cognito.sdk.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;
  const CERTIFICATE = "arn:aws:acm:us-east-1:000000000000:certificate/1";

  it("is created, described, updated and deleted; an unknown one is an empty description", async () => {
    const pool = await createPool(cognito.sdk);
    expect(await describeDomain("walk")).toEqual({});
    await create("walk", pool);
    expect(await describeDomain("walk")).toMatchObject({
      Domain: "walk",
      UserPoolId: pool,
      Status: "ACTIVE",
    });
    const { UserPool } = await cognito.sdk.send(new DescribeUserPoolCommand({ UserPoolId: pool }));
    expect(UserPool?.Domain).toBe("walk");
    const named = { Domain: "walk", UserPoolId: pool };
    await cognito.sdk.send(new UpdateUserPoolDomainCommand({ ...named, ManagedLoginVersion: 2 }));
    expect(await describeDomain("walk")).toMatchObject({ ManagedLoginVersion: 2 });
    await cognito.sdk.send(new DeleteUserPoolDomainCommand(named));
    expect(await describeDomain("walk")).toEqual({});
    await refused(
      cognito.sdk.send(new DeleteUserPoolDomainCommand(named)),
      INVALID,
      "No such domain or user pool exists.",
    );
  });

  it("is one per pool of each kind, one pool's only, and in the way of deleting it", async () => {
    const [pool, other] = [await createPool(cognito.sdk), await createPool(cognito.sdk)];
    await create("mine", pool);
    await refused(create("mine", other), INVALID, "Domain already associated with another user pool.");
    await refused(create("second", pool), INVALID, "User pool already has a domain configured.");
    await create("auth.example.com", pool, { CustomDomainConfig: { CertificateArn: CERTIFICATE } });
    await refused(
      cognito.sdk.send(new UpdateUserPoolDomainCommand({ Domain: "auth.example.com", UserPoolId: pool })),
      INVALID,
      "Cannot convert custom domain to prefix domain.",
    );
    const elsewhere = new DeleteUserPoolDomainCommand({ Domain: "mine", UserPoolId: other });
    await refused(cognito.sdk.send(elsewhere), INVALID, "No such domain or user pool exists.");
    await refused(
      cognito.sdk.send(new DeleteUserPoolCommand({ UserPoolId: pool })),
      INVALID,
      "User pool cannot be deleted. It has a domain configured that should be deleted first.",
    );
    for (const Domain of ["mine", "auth.example.com"])
      await cognito.sdk.send(new DeleteUserPoolDomainCommand({ Domain, UserPoolId: pool }));
    await cognito.sdk.send(new DeleteUserPoolCommand({ UserPoolId: pool }));
  });

  it("is a name that DNS and Cognito allow", async () => {
    for (const name of ["Upper", "under_score", "-first", "last-", "dot.ted", "my-cognito", "aws-login"])
      await refused(create(name, cognito.pool), INVALID);
  });
});

describe("a resource server", () => {
  const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: "…" });

  it("is created, described, listed, updated and deleted", async () => {
    const UserPoolId = await createPool(cognito.sdk);
    const named = { UserPoolId, Identifier: "https://api.example" };
    const Scopes = [scope("read")];
    const made = await cognito.sdk.send(new CreateResourceServerCommand({ ...named, Name: "API", Scopes }));
    expect(made.ResourceServer).toEqual({ ...named, Name: "API", Scopes });
    await refused(cognito.sdk.send(new CreateResourceServerCommand({ ...named, Name: "API" })), INVALID);
    const update = new UpdateResourceServerCommand({
      ...named,
      Name: "Api",
      Scopes: [...Scopes, scope("write")],
    });
    await cognito.sdk.send(update);
    const { ResourceServer } = await cognito.sdk.send(new DescribeResourceServerCommand(named));
    expect(ResourceServer).toMatchObject({ Name: "Api", Scopes: [...Scopes, scope("write")] });
    await cognito.sdk.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "b", Name: "B" }));
    const first = await cognito.sdk.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 1 }));
    const rest = await cognito.sdk.send(
      new ListResourceServersCommand({ UserPoolId, MaxResults: 1, NextToken: first.NextToken }),
    );
    expect(
      [first, rest].flatMap((each) => each.ResourceServers?.map(({ Identifier }) => Identifier)),
    ).toEqual(["https://api.example", "b"]);
    expect(rest.NextToken).toBeUndefined();
    await cognito.sdk.send(new DeleteResourceServerCommand(named));
    await refused(cognito.sdk.send(new DescribeResourceServerCommand(named)), "ResourceNotFoundException");
  });

  it("has no slash or space in a scope's name", async () => {
    for (const name of ["a/b", "a b", 'a"b', ""]) {
      const command = new CreateResourceServerCommand({
        UserPoolId: cognito.pool,
        Identifier: "bad",
        Name: "Bad",
        Scopes: [scope(name)],
      });
      await refused(cognito.sdk.send(command), INVALID);
    }
  });
});

describe("a client's OAuth settings", () => {
  const machine: Partial<CreateUserPoolClientCommandInput> = {
    GenerateSecret: true,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: ["https://items.example/read"],
  };
  it.each<[string, Partial<CreateUserPoolClientCommandInput>, string, string]>([
    [
      "scopes that no resource server has",
      { ...oauth, AllowedOAuthScopes: ["openid", "https://items.example/delete"] },
      "ScopeDoesNotExistException",
      "Invalid scope requested: https://items.example/delete",
    ],
    [
      "no flow",
      { ...oauth, AllowedOAuthFlows: [] },
      "InvalidOAuthFlowException",
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    ],
    [
      "client credentials beside a flow of users",
      { ...machine, AllowedOAuthFlows: ["code", "client_credentials"], CallbackURLs: ["https://a.example"] },
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    ],
    [
      "client credentials without a secret",
      { ...machine, GenerateSecret: false },
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected if client does not have a client secret.",
    ],
    [
      "client credentials with a scope of users",
      { ...machine, AllowedOAuthScopes: ["openid"] },
      "InvalidOAuthFlowException",
      "openid is not supported with client_credentials flow",
    ],
    [
      "plain http for a host that is not the developer's own",
      { ...oauth, CallbackURLs: ["http://app.example/cb"] },
      INVALID,
      "http://app.example/cb cannot use the HTTP protocol.",
    ],
  ])("with %s are refused, when made and when changed", async (_, settings, name, message) => {
    await refused(createClient(cognito.sdk, cognito.pool, settings), name, message);
    const { GenerateSecret, ClientName: __, UserPoolId: ___, ...changes } = settings;
    const { id } = await createClient(cognito.sdk, cognito.pool, { GenerateSecret });
    const update = new UpdateUserPoolClientCommand({ UserPoolId: cognito.pool, ClientId: id, ...changes });
    await refused(cognito.sdk.send(update), name, message);
  });

  it("have absolute addresses without a fragment or a script", async () => {
    for (const url of [
      "/relative",
      "//evil.example",
      "https://a.example/#x",
      "javascript:alert(1)",
      "data:text/html,x",
      "https://a.example/ b",
      "not a url",
    ])
      await refused(createClient(cognito.sdk, cognito.pool, { ...oauth, CallbackURLs: [url] }), INVALID);
    const fine = [
      "http://127.0.0.1:1/cb",
      "http://[::1]:1/cb",
      "com.app:/cb",
      "https://a.example:8443/cb?x=1",
    ];
    const { id } = await createClient(cognito.sdk, cognito.pool, { ...oauth, CallbackURLs: fine });
    const named = { UserPoolId: cognito.pool, ClientId: id };
    const { UserPoolClient } = await cognito.sdk.send(new DescribeUserPoolClientCommand(named));
    expect(UserPoolClient?.CallbackURLs).toEqual(fine);
  });
});

describe("the look of the hosted pages", () => {
  const PNG = Buffer.from("89504e470d0a1a0a0000", "hex");

  it("is set for all clients or one, shown on the pages, and taken back", async () => {
    const UserPoolId = await createPool(cognito.sdk);
    const { id } = await createClient(cognito.sdk, UserPoolId, oauth);
    const get = async (ClientId?: string) =>
      (await cognito.sdk.send(new GetUICustomizationCommand({ UserPoolId, ClientId }))).UICustomization;
    const set = (input: object) => cognito.sdk.send(new SetUICustomizationCommand({ UserPoolId, ...input }));
    const login = () => new TestBrowser(cognito.url).open(authorizeUrl(cognito, { client_id: id }));
    const noDomain = "There has to be an existing domain associated with this user pool";
    await refused(set({ CSS: ".label-customizable {}" }), INVALID, noDomain);
    await refused(get(), INVALID, noDomain);
    await cognito.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "look" }));
    expect(await get()).toEqual({});

    await set({ CSS: ".label-customizable { font-weight: 400; }", ImageFile: PNG });
    expect(await get(id)).toMatchObject({
      ClientId: "ALL",
      CSS: ".label-customizable { font-weight: 400; }",
    });
    const { html, headers } = await login();
    expect(html).toContain("<style>.label-customizable { font-weight: 400; }</style>");
    expect(html).toContain(`src="data:image/png;base64,${PNG.toString("base64")}"`);
    expect(headers.get("content-security-policy")?.match(/'sha256-/g)).toHaveLength(2);
    const picture = await fetch((await get())?.ImageUrl ?? "");
    expect([picture.headers.get("content-type"), Buffer.from(await picture.arrayBuffer())]).toEqual([
      "image/png",
      PNG,
    ]);

    await set({ ClientId: id, CSS: "a { color: red; }" });
    expect(await get(id)).toMatchObject({ ClientId: id, CSS: "a { color: red; }" });
    await set({ ClientId: id });
    expect(await get(id)).toMatchObject({ ClientId: "ALL" });
    await set({});
    expect(await get(id)).toEqual({});
    expect((await login()).html).not.toContain("font-weight: 400; }</style>");
  });

  it("cannot leave its element, load anything, or be another kind of file", async () => {
    const UserPoolId = cognito.pool;
    await cognito.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "look2" }));
    for (const CSS of [
      "</style><script>alert(1)</script>",
      "@import 'https://evil'",
      "a{background:URL (x)}",
    ])
      await refused(cognito.sdk.send(new SetUICustomizationCommand({ UserPoolId, CSS })), INVALID);
    const ImageFile = Buffer.from("<svg onload=alert(1)>");
    await refused(cognito.sdk.send(new SetUICustomizationCommand({ UserPoolId, ImageFile })), INVALID);
  });
});
