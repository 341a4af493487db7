import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser } from "./browser";
import { federatedTokens, oidc, openFederated, refusalIn, walk } from "./federated";
import { authorizeUrl } from "./hosted";
import { OIDC_CLIENT, openProvider } from "./openid-provider";
import { createPool, createUser, mapOf, newEmail } from "./pool";
import { invalidParameter, refused } from "./refusal";
import { EMAIL_CLAIM, newSamlProvider } from "./saml-provider";
import type { TriggerEvent } from "./target";

const ARN = "arn:aws:lambda:ap-northeast-1:000000000000:function:inbound";
const events: TriggerEvent[] = [];
/** What the function answers; by default the event as it came. */
let respond: (event: TriggerEvent) => unknown = (event) => event;
const target = await openForFile({
  [ARN]: (event: TriggerEvent) => {
    events.push(structuredClone(event));
    return respond(event);
  },
});
const { sdk } = target;
const okta = await openProvider();
afterAll(() => okta.close());
const corp = await newSamlProvider();

const run = describe.skipIf(!target.isOwn);
const LambdaConfig: LambdaConfigType = { InboundFederation: { LambdaVersion: "V1_0", LambdaArn: ARN } };
const hosted = await openFederated(
  target,
  [
    oidc("Okta", okta.issuer, {
      AttributeMapping: { email: "email", name: "name", email_verified: "email_verified" },
    }),
    {
      ProviderName: "Corp",
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: corp.metadata },
      AttributeMapping: { email: EMAIL_CLAIM },
    },
  ],
  { ofPool: { LambdaConfig } },
);
const UserPoolId = hosted.pool;
const attributesOf = async (Username: string) =>
  mapOf((await sdk.adminGetUser({ UserPoolId, Username })).UserAttributes);
const mapping = (userAttributesToMap: unknown) => {
  respond = (event) => ({ ...event, response: { userAttributesToMap } });
};
const refusedWalk = async () =>
  refusalIn(await walk(hosted, new Browser(hosted.url), { identity_provider: "Okta" }));

let made = 0;
/** Somebody new, who signs in at Okta next. */
function newPerson() {
  made += 1;
  const sub = `00u${made}`;
  const email = newEmail("inbound");
  okta.person = { sub, email, email_verified: true, name: "Ada", groups: ["admin", "staff"] };
  return { sub, username: `okta_${sub}`, email };
}

beforeEach(() => {
  events.length = 0;
  respond = (event) => event;
});

run("the inbound federation trigger", () => {
  it("is told what an OpenID provider said, by where it stood, all of it in texts", async () => {
    const { sub, email } = newPerson();
    await federatedTokens(hosted, "Okta");
    expect(events).toEqual([
      {
        version: "1",
        triggerSource: "InboundFederation_ExternalProvider",
        region: target.region,
        userPoolId: UserPoolId,
        userName: `Okta_${sub}`,
        callerContext: { awsSdkVersion: expect.any(String), clientId: hosted.client },
        request: {
          providerName: "Okta",
          providerType: "OIDC",
          attributes: {
            tokenResponse: expect.objectContaining({
              access_token: expect.any(String),
              id_token: expect.any(String),
              token_type: expect.stringMatching(/^bearer$/i),
              expires_in: expect.stringMatching(/^\d+$/),
            }),
            idToken: expect.objectContaining({ sub, iss: okta.issuer, aud: OIDC_CLIENT.id }),
            userInfo: expect.objectContaining({
              sub,
              email,
              email_verified: "true",
              groups: "[admin, staff]",
            }),
          },
        },
        response: { userAttributesToMap: {} },
      },
    ]);
  });

  it("is told what a SAML provider said", async () => {
    const browser = new Browser(hosted.url);
    const { left } = await browser.open(authorizeUrl(hosted, { identity_provider: "Corp", scope: "openid" }));
    const email = newEmail("inbound");
    const form = corp.answer(left as URL, { nameId: "ada", attributes: { [EMAIL_CLAIM]: [email] } });
    mapping({ [EMAIL_CLAIM]: email.toUpperCase() });
    await browser.open("/saml2/idpresponse", { method: "POST", body: new URLSearchParams(form) });
    expect(events.map(({ request }) => request)).toEqual([
      { providerName: "Corp", providerType: "SAML", attributes: { samlResponse: { [EMAIL_CLAIM]: email } } },
    ]);
    expect((await attributesOf("corp_ada")).email).toBe(email.toUpperCase());
  });

  it.each<[string, unknown]>([
    ["nothing", {}],
    ["null [unconfirmed]", null],
    ["no such member [unconfirmed]", undefined],
  ])("that has %s mapped leaves all as the provider said it", async (_, said) => {
    const { username, email } = newPerson();
    mapping(said);
    await federatedTokens(hosted, "Okta");
    expect(await attributesOf(username)).toMatchObject({ email, name: "Ada", email_verified: "true" });
  });

  it("changes and drops attributes before the user is made, through the provider's mapping [unconfirmed]", async () => {
    const { username, email } = newPerson();
    mapping({ email, name: "Countess Ada", "custom:tenant_id": "forged", other: "x" });
    await federatedTokens(hosted, "Okta");
    const attributes = await attributesOf(username);
    expect(attributes).toMatchObject({ email, name: "Countess Ada" });
    expect(attributes).not.toHaveProperty("custom:tenant_id");
    expect(attributes.email_verified ?? "false").toBe("false");
  });

  it("runs at every sign-in, and what it drops then stays as it was", async () => {
    const { username, email } = newPerson();
    await federatedTokens(hosted, "Okta");
    mapping({ email, name: "Ada II" });
    await federatedTokens(hosted, "Okta");
    mapping({ email });
    await federatedTokens(hosted, "Okta");
    expect(events).toHaveLength(3);
    expect(await attributesOf(username)).toMatchObject({ email, name: "Ada II" });
  });

  it("makes texts of other values [unconfirmed]", async () => {
    const { username, email } = newPerson();
    mapping({ email, email_verified: true, name: 7 });
    await federatedTokens(hosted, "Okta");
    expect(await attributesOf(username)).toMatchObject({ email_verified: "true", name: "7" });
  });

  it("does not change who it is [unconfirmed]", async () => {
    const { username, email } = newPerson();
    const other = await createUser(target, UserPoolId);
    mapping({ sub: "somebody-else", username: other.username, email });
    const { access } = await federatedTokens(hosted, "Okta");
    expect(access.username).toBe(username);
  });

  it("may link the identity to somebody, who it then is at once [unconfirmed]", async () => {
    const { sub, email } = newPerson();
    const { username } = await createUser(target, UserPoolId, { email });
    respond = async (event) => {
      await sdk.adminLinkProviderForUser({
        UserPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: username },
        SourceUser: {
          ProviderName: "Okta",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: sub,
        },
      });
      return event;
    };
    expect((await federatedTokens(hosted, "Okta")).access.username).toBe(username);
  });

  it("may refuse, and then there is no user", async () => {
    const { username } = newPerson();
    respond = () => Promise.reject(new Error("not you"));
    expect(await refusedWalk()).toEqual(["invalid_request", "InboundFederation failed with error not you."]);
    await refused(sdk.adminGetUser({ UserPoolId, Username: username }), "UserNotFoundException");
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", { response: { userAttributesToMap: "x" } }],
    ["a list", { response: { userAttributesToMap: [] } }],
  ])("that answers %s lets nobody in", async (_, said) => {
    newPerson();
    respond = () => said;
    expect(await refusedWalk()).toEqual(["invalid_request", "Unrecognizable lambda output"]);
  });

  it("cannot give what no attribute may be", async () => {
    const { username, email } = newPerson();
    mapping({ email, name: "x".repeat(2_049) });
    expect((await refusedWalk())[0]).toBe("invalid_request");
    await refused(sdk.adminGetUser({ UserPoolId, Username: username }), "UserNotFoundException");
  });

  it.each<[string, object]>([
    ["of another version", { LambdaVersion: "V2_0", LambdaArn: ARN }],
    ["without a version", { LambdaArn: ARN }],
    ["without a function", { LambdaVersion: "V1_0" }],
  ])("%s is refused: InvalidParameterException", async (_, InboundFederation) => {
    await invalidParameter(createPool(target, { LambdaConfig: { InboundFederation } as LambdaConfigType }));
  });
});
