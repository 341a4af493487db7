import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser } from "./browser";
import { federatedTokens, oidc, openFederated, refusalIn, walk } from "./federated";
import { authorizeUrl, CALLBACK, post } from "./hosted";
import { openProvider } from "./openid-provider";
import { given, mapOf, newEmail, outcomeOf, PASSWORD, TENANT } from "./pool";
import { notAuthorized, refused } from "./refusal";
import type { TriggerEvent } from "./target";

const ARN = "arn:aws:lambda:ap-northeast-1:000000000000:function:";
const events: TriggerEvent[] = [];
let refusing = "";
let during = async (_: TriggerEvent): Promise<void> => undefined;
const target = await openForFile({
  [`${ARN}all`]: async (event) => {
    events.push(event);
    if (refusing === event.triggerSource) throw new Error("not you");
    await during(event);
    return event;
  },
});
const { sdk } = target;
const okta = await openProvider();
const azure = await openProvider();
afterAll(() => Promise.all([okta.close(), azure.close()]));

/** A provider on this machine is out of the reach of AWS, and nothing here is about another emulator's. */
const run = describe.skipIf(!target.isOwn);
const hosted = await openFederated(target, [
  oidc("Okta", okta.issuer, {
    AttributeMapping: { email: "email", name: "name", email_verified: "email_verified" },
  }),
  oidc("Azure", azure.issuer, { IdpIdentifiers: ["contoso.example"] }),
]);
const UserPoolId = hosted.pool;
const adminGet = (Username: string) => sdk.adminGetUser({ UserPoolId, Username });
const attributesOf = async (Username: string) => mapOf((await adminGet(Username)).UserAttributes);
const newBrowser = () => new Browser(hosted.url);

let made = 0;
/** Somebody new, who signs in at Okta next. */
function newPerson(more: Record<string, unknown> = {}) {
  made += 1;
  const sub = `00u${made}`;
  okta.person = { sub, email: newEmail("fed"), email_verified: true, name: "Ada", ...more };
  return { sub, username: `okta_${sub}`, email: String(okta.person.email) };
}

beforeEach(() => {
  okta.bending = {};
  azure.bending = {};
  events.length = 0;
  refusing = "";
  during = async () => undefined;
});

run("whoever signs in at a provider", () => {
  it("becomes a user Provider_subject, EXTERNAL_PROVIDER, with the mapped attributes", async () => {
    const { sub, username, email } = newPerson();
    const { id, access } = await federatedTokens(hosted, "Okta");
    expect(access).toMatchObject({ username, client_id: hosted.client, token_use: "access" });
    expect(id).toMatchObject({ "cognito:username": username, email, email_verified: true, name: "Ada" });
    const user = await adminGet(username);
    expect([user.UserStatus, user.Enabled]).toEqual(["EXTERNAL_PROVIDER", true]);
    expect(mapOf(user.UserAttributes)).toMatchObject({
      sub: id.sub,
      email,
      email_verified: "true",
      name: "Ada",
    });
    expect(id.sub).not.toBe(sub);
  });

  it("has identities: a claim of strings in the ID token, a text among the attributes", async () => {
    const { sub, username } = newPerson();
    const { id, access_token } = await federatedTokens(hosted, "Okta");
    const identity = { userId: sub, providerName: "Okta", providerType: "OIDC", issuer: null };
    expect(id.identities).toEqual([
      { ...identity, primary: "true", dateCreated: expect.stringMatching(/^\d{13}$/) },
    ]);
    const { identities = "" } = await attributesOf(username);
    expect(JSON.parse(identities)).toEqual([{ ...identity, primary: true, dateCreated: expect.any(Number) }]);
    const info = await post(hosted, "/oauth2/userInfo", {}, { authorization: `Bearer ${access_token}` });
    expect(info.body).toMatchObject({ username, identities });
  });

  it("is the same user the next time, with what the provider says then", async () => {
    const { username } = newPerson();
    const first = await federatedTokens(hosted, "Okta");
    const changed = newEmail("changed");
    okta.person = { ...okta.person, name: "Ada Lovelace", email: changed };
    const second = await federatedTokens(hosted, "Okta");
    expect(second.id.sub).toBe(first.id.sub);
    expect(await attributesOf(username)).toMatchObject({ name: "Ada Lovelace", email: changed });
  });

  it("has an address that is not verified, unless the provider's word for it is mapped", async () => {
    newPerson({ email_verified: false });
    expect((await federatedTokens(hosted, "Okta")).id.email_verified).toBe(false);
    azure.person = { sub: "az1", email: newEmail(), email_verified: true, name: "Ben" };
    expect((await federatedTokens(hosted, "Azure")).id.email_verified).toBe(false);
  });

  it("keeps what the provider says no more [unconfirmed]", async () => {
    const { username } = newPerson();
    await federatedTokens(hosted, "Okta");
    const { name: _, ...rest } = okta.person;
    okta.person = rest;
    await federatedTokens(hosted, "Okta");
    expect(await attributesOf(username)).toMatchObject({ name: "Ada" });
  });

  it("refreshes, and is refused when disabled", async () => {
    const { username } = newPerson();
    const { refresh_token } = await federatedTokens(hosted, "Okta");
    const refresh = () =>
      sdk.initiateAuth({
        ClientId: hosted.client,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: refresh_token },
      });
    expect((await refresh()).AuthenticationResult?.IdToken).toBeDefined();
    await sdk.adminDisableUser({ UserPoolId, Username: username });
    await notAuthorized(refresh());
    const shown = await walk(hosted, newBrowser(), { identity_provider: "Okta" });
    expect(refusalIn(shown)).toEqual(["invalid_request", "User is disabled."]);
  });

  it("is told of by both texts where there are several values", async () => {
    const { username } = newPerson({ name: ["Ada", "Countess"] });
    await federatedTokens(hosted, "Okta");
    expect((await attributesOf(username)).name).toBe("[Ada, Countess]");
  });
});

run("a password is refused to whoever came from a provider:", () => {
  it("USER_PASSWORD_AUTH, USER_AUTH by mail, ForgotPassword, AdminResetUserPassword", async () => {
    const { username, email } = newPerson();
    await federatedTokens(hosted, "Okta");
    const ClientId = hosted.client;
    for (const USERNAME of [username, email]) {
      const attempt = sdk.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      });
      expect(["NotAuthorizedException", "UserNotFoundException"]).toContain(await outcomeOf(attempt));
    }
    const byMail = await sdk
      .initiateAuth({ ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME: username } })
      .catch(() => undefined);
    expect(byMail?.AvailableChallenges ?? []).toEqual([]);
    await notAuthorized(sdk.forgotPassword({ ClientId, Username: username }));
    await notAuthorized(sdk.adminResetUserPassword({ UserPoolId, Username: username }));
  });

  it("until an administrator sets one, which makes the user CONFIRMED", async () => {
    const { username } = newPerson();
    const { id } = await federatedTokens(hosted, "Okta");
    await sdk.adminSetUserPassword({ UserPoolId, Username: username, Password: PASSWORD, Permanent: true });
    expect((await adminGet(username)).UserStatus).toBe("CONFIRMED");
    const { AuthenticationResult } = await sdk.initiateAuth({
      ClientId: hosted.client,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD },
    });
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    expect((await federatedTokens(hosted, "Okta")).id.sub).toBe(id.sub);
  });
});

run("the provider is asked", () => {
  it("with state, nonce and PKCE, at its own address, and gets the secret with the code", async () => {
    newPerson();
    await federatedTokens(hosted, "Okta", undefined, { login_hint: "ada@acme.example", prompt: "login" });
    const { authorize, token } = okta.asked;
    expect(Object.fromEntries(authorize)).toMatchObject({
      response_type: "code",
      client_id: "cognito-at-provider",
      redirect_uri: `${hosted.url}/oauth2/idpresponse`,
      scope: "openid email profile",
      code_challenge_method: "S256",
      login_hint: "ada@acme.example",
      prompt: "login",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(authorize.get(name)).toMatch(/^[\w-]{43}$/);
    expect(Object.fromEntries(token)).toMatchObject({
      grant_type: "authorization_code",
      client_secret: "a-secret-of-the-provider",
      code_verifier: expect.any(String),
    });
  });

  it.each([
    ["its name", { identity_provider: "Azure" }],
    ["its identifier, in any case", { idp_identifier: "Contoso.EXAMPLE" }],
  ])("by %s", async (_, changes) => {
    const { left } = await newBrowser().open(authorizeUrl(hosted, changes));
    expect(left?.origin).toBe(azure.issuer);
  });

  it.each([
    ["a name that the client does not have", { identity_provider: "Google" }],
    ["a name in another case", { identity_provider: "okta" }],
    ["an identifier of nobody", { idp_identifier: "acme.example" }],
    ["a name and an identifier", { identity_provider: "Okta", idp_identifier: "contoso.example" }],
  ])("not by %s", async (_, changes) => {
    const shown = await newBrowser().open(authorizeUrl(hosted, changes));
    expect([refusalIn(shown)[0], shown.left?.href.startsWith(CALLBACK)]).toEqual(["invalid_request", true]);
  });

  it("at once where it is the only way in that the client has", async () => {
    const only = await sdk.createUserPoolClient({
      UserPoolId,
      ClientName: "only",
      SupportedIdentityProviders: ["Okta"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [CALLBACK],
    });
    const client = only.UserPoolClient?.ClientId ?? "";
    for (const path of ["/oauth2/authorize", "/login"]) {
      const { left } = await newBrowser().open(authorizeUrl({ ...hosted, client }, {}, path));
      expect(left?.origin).toBe(okta.issuer);
    }
    const forgot = await newBrowser().open(authorizeUrl({ ...hosted, client }, {}, "/forgotPassword"));
    expect(refusalIn(forgot)[0]).toBe("invalid_request");
  });
});

run("a browser that is signed in", () => {
  it("is not sent to the provider again, but is for another one", async () => {
    newPerson();
    const browser = newBrowser();
    await federatedTokens(hosted, "Okta", browser);
    const again = await browser.open(authorizeUrl(hosted, { identity_provider: "Okta" }));
    expect(again.left?.searchParams.has("code")).toBe(true);
    const other = await browser.open(authorizeUrl(hosted, { identity_provider: "Azure" }));
    expect(other.left?.origin).toBe(azure.issuer);
  });

  it("by a provider that a client does not know, is not for that client", async () => {
    newPerson();
    const browser = newBrowser();
    await federatedTokens(hosted, "Okta", browser);
    const local = await sdk.createUserPoolClient({
      UserPoolId,
      ClientName: "local",
      SupportedIdentityProviders: ["COGNITO"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [CALLBACK],
    });
    const client = local.UserPoolClient?.ClientId ?? "";
    const shown = await browser.open(authorizeUrl({ ...hosted, client }));
    expect([shown.status, shown.left]).toEqual([200, undefined]);
  });
});

run("the sign-in page", () => {
  it("has a button for each provider, which leads there", async () => {
    const browser = newBrowser();
    const { html } = await browser.open(authorizeUrl(hosted));
    expect(html).toContain("Continue with Okta");
    expect(html).not.toContain("Azure");
    const href = /href="(\/oauth2\/authorize[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await browser.open(new URL(href, hosted.url))).left?.origin).toBe(okta.issuer);
    const japanese = await browser.open(authorizeUrl(hosted, { lang: "ja" }));
    expect(japanese.html).toContain("Okta で続ける");
  });

  it("has a look-up for those with identifiers, which tells nobody who they are", async () => {
    const browser = newBrowser();
    const lookUp = (email: string) => browser.open(authorizeUrl(hosted, { email }, "/idplookup"));
    const found = await lookUp("Carol@CONTOSO.example");
    const to = found.headers.get("refresh")?.replace("0; url=", "") ?? "";
    expect((await browser.open(new URL(to, hosted.url))).left?.origin).toBe(azure.issuer);
    for (const address of ["carol@acme.example", "carol", "@", ""]) {
      const none = await lookUp(address);
      expect([none.status, none.html.includes("no company sign-in")]).toEqual([400, true]);
    }
  });

  it("has none of them where the pool itself was asked for", async () => {
    const { html } = await newBrowser().open(authorizeUrl(hosted, { identity_provider: "COGNITO" }));
    expect(html).not.toContain("Okta");
  });
});

run("triggers", async () => {
  const LambdaConfig = Object.fromEntries(
    ["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration"].map(
      (name) => [name, `${ARN}all`],
    ),
  );
  const triggered = await openFederated(target, [oidc("Okta", okta.issuer)], {
    ofPool: { LambdaConfig },
  });
  const sources = () => events.map(({ triggerSource }) => triggerSource);

  it("are those of a sign-up the first time, and of a sign-in after it [unconfirmed]", async () => {
    const { username } = newPerson();
    await federatedTokens(triggered, "Okta");
    expect(sources()).toEqual([
      "PreSignUp_ExternalProvider",
      "PostConfirmation_ConfirmSignUp",
      "TokenGeneration_HostedAuth",
    ]);
    expect(events.map(({ userName }) => userName)).toEqual([username, username, username]);
    events.length = 0;
    await federatedTokens(triggered, "Okta");
    expect(sources()).toEqual(["PostAuthentication_Authentication", "TokenGeneration_HostedAuth"]);
  });

  it("see the provider: status and identities, of which the one before the tokens can tell the tenant", async () => {
    const { sub } = newPerson();
    await federatedTokens(triggered, "Okta");
    const { userAttributes } = given(events.at(-1)).request as { userAttributes: Record<string, string> };
    expect(userAttributes["cognito:user_status"]).toBe("EXTERNAL_PROVIDER");
    expect(JSON.parse(userAttributes.identities ?? "")).toMatchObject([
      { providerName: "Okta", userId: sub, primary: true },
    ]);
  });

  it.each(["PreSignUp_ExternalProvider", "TokenGeneration_HostedAuth"])("refuse: %s", async (source) => {
    const { username } = newPerson();
    refusing = source;
    await expect(federatedTokens(triggered, "Okta")).rejects.toThrow();
    if (source.startsWith("PreSignUp")) {
      const shown = await walk(triggered, newBrowser(), { identity_provider: "Okta" });
      expect(refusalIn(shown)).toEqual(["invalid_request", "PreSignUp failed with error not you."]);
      await refused(
        sdk.adminGetUser({ UserPoolId: triggered.pool, Username: username }),
        "UserNotFoundException",
      );
    }
  });

  it("that link the newcomer have this sign-in refused, and the next one be the other user's", async () => {
    const { sub, username, email } = newPerson();
    await sdk.adminCreateUser({ UserPoolId: triggered.pool, Username: email, MessageAction: "SUPPRESS" });
    during = async ({ triggerSource }) => {
      if (triggerSource !== "PreSignUp_ExternalProvider") return;
      await sdk.adminLinkProviderForUser({
        UserPoolId: triggered.pool,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: email },
        SourceUser: {
          ProviderName: "Okta",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: sub,
        },
      });
    };
    const shown = await walk(triggered, newBrowser(), { identity_provider: "Okta" });
    expect(refusalIn(shown)).toEqual(["invalid_request", `Already found an entry for username ${username}`]);
    const native = await sdk.adminGetUser({ UserPoolId: triggered.pool, Username: email });
    expect((await federatedTokens(triggered, "Okta")).id["cognito:username"]).toBe(native.Username);
  });
});

run("a mapping is refused at the sign-in", () => {
  const tried = async (
    mapping: Record<string, string>,
    person: Record<string, unknown>,
    more: { ofPool?: object; ofClient?: object } = {},
  ) => {
    const one = await openFederated(target, [oidc("Okta", okta.issuer, { AttributeMapping: mapping })], more);
    newPerson(person);
    const again = async () => refusalIn(await walk(one, new Browser(one.url), { identity_provider: "Okta" }));
    return { again, answer: await again() };
  };

  it("where a required attribute does not come", async () => {
    const Schema = [{ Name: "name", Required: true, Mutable: true }];
    const { answer } = await tried({ name: "nickname" }, {}, { ofPool: { Schema } });
    expect(answer).toEqual(["invalid_request", "attributes required: [name]"]);
  });

  it("where the client may not write the attribute [unconfirmed]", async () => {
    const ofClient = { WriteAttributes: ["email"] };
    const { answer } = await tried({ [TENANT]: "tenant" }, { tenant: "acme" }, { ofClient });
    expect(answer).toEqual(["invalid_request", "A client attempted to write unauthorized attribute"]);
  });

  it("where an attribute that cannot change comes again", async () => {
    const Schema = [{ Name: "nickname", Mutable: false }];
    const { answer, again } = await tried({ nickname: "name" }, {}, { ofPool: { Schema } });
    expect(answer[0]).toBeNull();
    expect(await again()).toEqual(["invalid_request", "user.nickname: Attribute cannot be updated."]);
  });

  it("where a value does not fit", async () => {
    const { answer } = await tried({ birthdate: "birthdate" }, { birthdate: "1815" });
    expect(answer[0]).toBe("invalid_request");
  });
});
