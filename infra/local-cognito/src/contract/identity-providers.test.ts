import type { CreateIdentityProviderCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { oidc } from "./federated";
import { everyPage } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { sdk, pool: UserPoolId, newClient, newPool, newUser } = await openBench();
const ISSUER = "https://idp.example";
const user = await newUser();

const create = (name: string, more: Partial<CreateIdentityProviderCommandInput> = {}) =>
  sdk.createIdentityProvider({ UserPoolId, ...oidc(name, ISSUER), ...more });
const describeOne = async (ProviderName: string) =>
  (await sdk.describeIdentityProvider({ UserPoolId, ProviderName })).IdentityProvider;
const social = (authorize_scopes = "openid") => ({
  ProviderDetails: { client_id: "app", client_secret: "secret", authorize_scopes },
  AttributeMapping: {},
});

describe("CreateIdentityProvider and DescribeIdentityProvider", () => {
  it("tell everything about the provider, with what the username is made of", async () => {
    const { IdentityProvider } = await create("Okta", { IdpIdentifiers: ["acme.example"] });
    expect(IdentityProvider).toMatchObject({
      UserPoolId,
      ProviderName: "Okta",
      ProviderType: "OIDC",
      ProviderDetails: { oidc_issuer: ISSUER, client_id: "cognito-at-provider" },
      AttributeMapping: { email: "email", name: "name", username: "sub" },
      IdpIdentifiers: ["acme.example"],
    });
    expect(IdentityProvider?.CreationDate).toBeInstanceOf(Date);
    expect(await describeOne("Okta")).toEqual(IdentityProvider);
  });

  it.each([
    ["Google", "sub"],
    ["Facebook", "id"],
    ["LoginWithAmazon", "user_id"],
  ] as const)("know the social provider %s, whose users are named by %s", async (name, username) => {
    await create(name, { ProviderType: name, ...social() });
    expect((await describeOne(name))?.AttributeMapping).toEqual({ username });
  });

  it("refuse a second one of the name: DuplicateProviderException", async () => {
    await create("Twice");
    await refused(create("Twice"), "DuplicateProviderException");
  });

  it.each<[string, string, Partial<CreateIdentityProviderCommandInput>]>([
    ["a name of two characters", "ab", {}],
    ["a name of 33 characters", "x".repeat(33), {}],
    ["a name with an underscore at its end", "my_", {}],
    ["a name that begins with an underscore", "_my-idp", {}],
    ["the name of the pool itself", "COGNITO", {}],
    ["a social provider's name for another", "Google2", { ProviderType: "Google", ...social() }],
    ["another one under a social provider's name", "Facebook", {}],
    ["a type that there is not", "Myspace", { ProviderType: "Myspace" as "OIDC" }],
    ["an attribute that the pool lacks", "Refused", { AttributeMapping: { shoe_size: "shoe" } }],
    ["a username of another claim", "Refused", { AttributeMapping: { username: "email" } }],
    ["an identifier of 41 characters", "Refused", { IdpIdentifiers: ["x".repeat(41)] }],
    ["51 identifiers", "Refused", { IdpIdentifiers: Array.from({ length: 51 }, (_, at) => `${at}.example`) }],
    ["an identifier twice", "Refused", { IdpIdentifiers: ["b.example", "B.example"] }],
    ["another one's identifier", "Refused", { IdpIdentifiers: ["ACME.example"] }],
  ])("refuse %s: InvalidParameterException", async (_, name, more) => {
    await invalidParameter(create(name, more));
  });

  const { ProviderDetails = {} } = oidc("Okta", ISSUER);
  it.each([
    ["no client_id", { client_id: "" }],
    ["no issuer", { oidc_issuer: "" }],
    ["an issuer that is no address", { oidc_issuer: "idp.example" }],
    ["an address that runs", { authorize_url: "javascript:alert(1)" }],
    ["no scopes", { authorize_scopes: "" }],
    ["scopes without openid", { authorize_scopes: "email" }],
    ["another method than GET and POST", { attributes_request_method: "PUT" }],
    ["a member that is not known", { oidc_isuser: ISSUER }],
  ])("refuse details with %s: InvalidParameterException", async (_, more) => {
    await invalidParameter(create("Refused", { ProviderDetails: { ...ProviderDetails, ...more } }));
  });

  it("know the providers of their own pool alone: ResourceNotFoundException", async () => {
    const other = await newPool();
    const named = { UserPoolId: other, ProviderName: "Okta" };
    await refused(sdk.describeIdentityProvider(named), "ResourceNotFoundException");
    await refused(sdk.updateIdentityProvider(named), "ResourceNotFoundException");
    await refused(sdk.deleteIdentityProvider(named), "ResourceNotFoundException");
    const IdpIdentifier = "acme.example";
    await refused(
      sdk.getIdentityProviderByIdentifier({ UserPoolId: other, IdpIdentifier }),
      "ResourceNotFoundException",
    );
  });
});

describe("GetIdentityProviderByIdentifier", () => {
  it("finds it", async () => {
    const found = await sdk.getIdentityProviderByIdentifier({ UserPoolId, IdpIdentifier: "acme.example" });
    expect(found.IdentityProvider).toEqual(await describeOne("Okta"));
  });
});

describe("UpdateIdentityProvider", () => {
  it("changes what it says and keeps the rest [unconfirmed]", async () => {
    await create("Changing", { IdpIdentifiers: ["changing.example"] });
    const AttributeMapping = { nickname: "nick" };
    await sdk.updateIdentityProvider({ UserPoolId, ProviderName: "Changing", AttributeMapping });
    expect(await describeOne("Changing")).toMatchObject({
      AttributeMapping: { nickname: "nick", username: "sub" },
      IdpIdentifiers: ["changing.example"],
      ProviderDetails: { oidc_issuer: ISSUER },
    });
  });

  it("refuses what CreateIdentityProvider refuses", async () => {
    const named = { UserPoolId, ProviderName: "Okta" };
    await invalidParameter(sdk.updateIdentityProvider({ ...named, AttributeMapping: { shoe_size: "x" } }));
    await invalidParameter(sdk.updateIdentityProvider({ ...named, ProviderDetails: { client_id: "x" } }));
  });
});

describe("ListIdentityProviders", () => {
  it("comes page by page, each provider once, without its secret", async () => {
    const seen = await everyPage(
      (NextToken) => sdk.listIdentityProviders({ UserPoolId, MaxResults: 2, NextToken }),
      (page) => page.Providers,
    );
    expect(seen.map(({ ProviderName }) => ProviderName)).toEqual(
      expect.arrayContaining(["Okta", "Google", "Facebook"]),
    );
    expect(new Set(seen.map(({ ProviderName }) => ProviderName)).size).toBe(seen.length);
    expect(JSON.stringify(seen)).not.toContain("secret");
  });
});

describe("a client's SupportedIdentityProviders", () => {
  it("are providers of the pool, and the pool itself: InvalidParameterException for others", async () => {
    const { id } = await newClient({ SupportedIdentityProviders: ["COGNITO", "Okta"] });
    const words = `The provider Nowhere does not exist for User Pool ${UserPoolId}.`;
    await invalidParameter(newClient({ SupportedIdentityProviders: ["Nowhere"] }), words);
    const change = { UserPoolId, ClientId: id, SupportedIdentityProviders: ["Okta", "Nowhere"] };
    await invalidParameter(sdk.updateUserPoolClient(change), words);
  });

  it("lose one that is deleted [unconfirmed]", async () => {
    await create("Leaving");
    const { id } = await newClient({ SupportedIdentityProviders: ["COGNITO", "Leaving"] });
    await sdk.deleteIdentityProvider({ UserPoolId, ProviderName: "Leaving" });
    const { UserPoolClient } = await sdk.describeUserPoolClient({ UserPoolId, ClientId: id });
    expect(UserPoolClient?.SupportedIdentityProviders).toEqual(["COGNITO"]);
  });
});

describe("AdminLinkProviderForUser", () => {
  const at = (
    ProviderAttributeValue: string,
    ProviderAttributeName = "Cognito_Subject",
    ProviderName = "Okta",
  ) => ({
    ProviderName,
    ProviderAttributeName,
    ProviderAttributeValue,
  });
  const link = (SourceUser: object, name = user.email) =>
    sdk.adminLinkProviderForUser({
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: name },
      SourceUser,
    });
  const identities = async () => {
    const { UserAttributes = [] } = await sdk.adminGetUser({ UserPoolId, Username: user.email });
    return JSON.parse(UserAttributes.find(({ Name }) => Name === "identities")?.Value ?? "[]");
  };

  it("links once; a second time it says what AWS says", async () => {
    await link(at("00u1"));
    expect(await identities()).toMatchObject([{ providerName: "Okta", userId: "00u1", primary: false }]);
    await invalidParameter(link(at("00u1")), /^Invalid SourceUser: Cognito users with a username/);
  });

  it("refuses an identity that is somebody already: InvalidParameterException", async () => {
    const other = await newUser();
    await invalidParameter(link(at("00u1"), other.email), /^Merging is not currently supported/);
  });

  it.each([
    ["a user of the pool as the source", at("x", "Cognito_Subject", "Cognito"), "InvalidParameterException"],
    ["a provider that there is not", at("x", "Cognito_Subject", "Nowhere"), "ResourceNotFoundException"],
    ["a claim that is not mapped", at("x", "employee"), "InvalidParameterException"],
  ])("refuses %s", async (_, source, name) => {
    await refused(link(source), name);
  });

  it("refuses a destination that there is not: UserNotFoundException", async () => {
    await refused(link(at("00u7"), "nobody@acme.example"), "UserNotFoundException");
  });

  it("takes five: LimitExceededException for the sixth", async () => {
    const { email } = await newUser();
    for (const value of ["1", "2", "3", "4", "5"]) await link(at(`five-${value}`), email);
    await refused(link(at("five-6"), email), "LimitExceededException");
  });

  it("is undone by AdminDisableProviderForUser, and the user stays", async () => {
    const unlink = () => sdk.adminDisableProviderForUser({ UserPoolId, User: at("00u1") });
    await unlink();
    expect(await identities()).toEqual([]);
    expect((await sdk.adminGetUser({ UserPoolId, Username: user.email })).Enabled).toBe(true);
    await refused(unlink(), "UserNotFoundException");
  });
});
