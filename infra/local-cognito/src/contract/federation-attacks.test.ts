import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser } from "./browser";
import { atProvider, back, federatedTokens, oidc, openFederated, refusalIn, walk } from "./federated";
import { authorizeUrl } from "./hosted";
import { type Bending, openProvider } from "./openid-provider";
import { createUser, mapOf, newEmail } from "./pool";
import { refused } from "./refusal";

const target = await openForFile();
const { sdk } = target;
const okta = await openProvider();
const azure = await openProvider();
afterAll(() => Promise.all([okta.close(), azure.close()]));
const hosted = await openFederated(target, [oidc("Okta", okta.issuer), oidc("Azure", azure.issuer)]);
const UserPoolId = hosted.pool;
const newBrowser = () => new Browser(hosted.url);
const atOkta = { identity_provider: "Okta" };
const run = describe.skipIf(!target.isOwn);

let made = 0;
beforeEach(() => {
  okta.bending = {};
  azure.bending = {};
  made += 1;
  okta.person = { sub: `00u${made}`, email: newEmail("fed"), name: "Ada" };
});

const userNames = async () => (await sdk.listUsers({ UserPoolId })).Users?.map(({ Username }) => Username);

/** The application gets an error, nobody is signed in and nobody was made. */
async function isRefused(browser = newBrowser(), changes: Record<string, string> = atOkta) {
  const before = await userNames();
  const shown = await walk(hosted, browser, changes);
  expect([refusalIn(shown)[0], shown.left?.searchParams.has("code")]).toEqual(["invalid_request", false]);
  expect(await userNames()).toEqual(before);
  const again = await browser.open(authorizeUrl(hosted, { ...changes, prompt: "none" }));
  expect(refusalIn(again)[0]).toBe("login_required");
  return refusalIn(shown)[1];
}

run("an ID token is refused", () => {
  const now = () => Math.floor(Date.now() / 1_000);
  it.each<[string, () => Bending]>([
    ["of another issuer", () => ({ claims: { iss: azure.issuer } })],
    ["for another client", () => ({ claims: { aud: "somebody-else" } })],
    [
      "for several, of which another one is meant",
      () => ({ claims: { aud: ["cognito-at-provider", "x"], azp: "x" } }),
    ],
    ["without an audience", () => ({ claims: { aud: undefined } })],
    ["with another nonce", () => ({ claims: { nonce: "x".repeat(43) } })],
    ["without a nonce", () => ({ claims: { nonce: undefined } })],
    ["that has expired", () => ({ claims: { exp: now() - 60 } })],
    ["that is not good yet", () => ({ claims: { nbf: now() + 3_600 } })],
    ["without an end", () => ({ claims: { exp: undefined } })],
    ["without a subject", () => ({ claims: { sub: undefined } })],
    ["signed with a key that is not the provider's", () => ({ foreignKey: true })],
    ["that is not signed", () => ({ unsigned: true })],
    ["that does not come", () => ({ noIdToken: true })],
    ["with the attributes of somebody else", () => ({ info: { sub: "00u0", email: "eve@acme.example" } })],
  ])("%s", async (_, bending) => {
    okta.bending = bending();
    await isRefused();
    okta.bending = {};
    expect((await federatedTokens(hosted, "Okta")).id.sub).toEqual(expect.any(String));
  });

  it("by the clock of the pool: one that was good when it came", async () => {
    const browser = newBrowser();
    await target.later(3_600, async () => {
      const shown = await walk(hosted, browser, atOkta);
      expect(refusalIn(shown)[0]).toBe("invalid_request");
    });
  });
});

run("a way back is refused, on a page that leads nowhere,", () => {
  const isShown = async (browser: Browser, address: string | URL, init?: RequestInit) => {
    const asked = okta.tokensAsked;
    const { status, left, html } = await browser.open(address, init);
    expect([status, left, html.includes("Invalid state")]).toEqual([400, undefined, true]);
    expect(okta.tokensAsked).toBe(asked);
  };
  const sent = async (browser: Browser) => await atProvider(await browser.open(authorizeUrl(hosted, atOkta)));

  it("with a state that was not given out", async () => {
    const browser = newBrowser();
    const address = await sent(browser);
    address.searchParams.set("state", "x".repeat(43));
    await isShown(browser, address);
  });

  it("without a state, and with two", async () => {
    const browser = newBrowser();
    const address = await sent(browser);
    const state = address.searchParams.get("state") ?? "";
    address.searchParams.append("state", state);
    expect((await browser.open(address)).status).toBe(400);
    address.searchParams.delete("state");
    expect((await browser.open(address)).status).toBe(400);
  });

  it("in another browser than the one that was sent: nobody is signed in as an attacker", async () => {
    const address = await sent(newBrowser());
    const other = newBrowser();
    await other.open(authorizeUrl(hosted, atOkta));
    await isShown(other, address);
    await isShown(newBrowser(), address);
  });

  it("a second time", async () => {
    const browser = newBrowser();
    const address = await sent(browser);
    expect((await browser.open(address)).left?.searchParams.has("code")).toBe(true);
    await isShown(browser, address);
  });

  it("a second time after it failed", async () => {
    const browser = newBrowser();
    const address = await sent(browser);
    okta.bending = { foreignKey: true };
    expect(refusalIn(await browser.open(address))[0]).toBe("invalid_request");
    okta.bending = {};
    await isShown(browser, address);
  });

  it("after a quarter of an hour", async () => {
    const browser = newBrowser();
    const address = await sent(browser);
    await target.later(901, () => isShown(browser, address));
  });

  it("posted by another site, whose form brings no cookie: only the redirect after it does", async () => {
    const browser = newBrowser();
    const address = await sent(browser);
    const body = new URLSearchParams(address.searchParams);
    await isShown(newBrowser(), "/oauth2/idpresponse", { method: "POST", body });
    const shown = await browser.open("/oauth2/idpresponse", { method: "POST", body });
    expect(shown.left?.searchParams.has("code")).toBe(true);
  });
});

run("a code is refused", () => {
  it("that another provider gave out", async () => {
    const browser = newBrowser();
    azure.person = { sub: "eve" };
    const evil = await atProvider(await browser.open(authorizeUrl(hosted, { identity_provider: "Azure" })));
    const good = await atProvider(await browser.open(authorizeUrl(hosted, atOkta)));
    good.searchParams.set("code", evil.searchParams.get("code") ?? "");
    expect(refusalIn(await browser.open(good))[0]).toBe("invalid_request");
  });

  it("of somebody else's sign-in: it was not asked for with this browser's proof", async () => {
    const victim = await atProvider(await newBrowser().open(authorizeUrl(hosted, atOkta)));
    const browser = newBrowser();
    const own = await atProvider(await browser.open(authorizeUrl(hosted, atOkta)));
    own.searchParams.set("code", victim.searchParams.get("code") ?? "");
    expect(refusalIn(await browser.open(own))[0]).toBe("invalid_request");
  });

  it("with the name of another issuer beside it (RFC 9207)", async () => {
    okta.bending = { back: { iss: azure.issuer } };
    await isRefused();
  });

  it("once the client lets nobody in by this provider, or the provider is gone", async () => {
    const one = await openFederated(target, [oidc("Okta", okta.issuer)]);
    const browser = new Browser(one.url);
    const sent = await browser.open(authorizeUrl(one, atOkta));
    const ProviderName = "Okta";
    await sdk.deleteIdentityProvider({ UserPoolId: one.pool, ProviderName });
    expect(refusalIn(await back(browser, sent))).toEqual(["invalid_request", "Invalid identity_provider"]);
    // One that takes its name is not what the client let people in by.
    await sdk.createIdentityProvider({ UserPoolId: one.pool, ...oidc(ProviderName, azure.issuer) });
    expect(refusalIn(await browser.open(authorizeUrl(one, atOkta)))[0]).toBe("invalid_request");
  });
});

run("what a provider says of somebody leads to no account but its own:", () => {
  it("the e-mail address of a user of the pool makes another user", async () => {
    const { email, username } = await createUser(target, UserPoolId, { attributes: { name: "Bob" } });
    okta.person = { ...okta.person, email, email_verified: true, name: "Eve" };
    const { id } = await federatedTokens(hosted, "Okta");
    expect(id["cognito:username"]).toBe(`okta_00u${made}`);
    const bob = await sdk.adminGetUser({ UserPoolId, Username: email });
    expect([bob.Username, mapOf(bob.UserAttributes).name]).toEqual([username, "Bob"]);
    expect(bob.Username).not.toBe(id["cognito:username"]);
  });

  it("nor does it in a pool where a verified address is an alias", async () => {
    const ofPool = { UsernameAttributes: undefined, AliasAttributes: ["email"] };
    const mapping = { email: "email", email_verified: "email_verified" };
    const one = await openFederated(target, [oidc("Okta", okta.issuer, { AttributeMapping: mapping })], {
      ofPool,
    });
    const email = newEmail();
    const UserAttributes = [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
    ];
    await sdk.adminCreateUser({
      UserPoolId: one.pool,
      Username: "bob",
      UserAttributes,
      MessageAction: "SUPPRESS",
    });
    okta.person = { ...okta.person, email, email_verified: true };
    const { id } = await federatedTokens(one, "Okta");
    expect(id["cognito:username"]).toBe(`okta_00u${made}`);
    expect((await sdk.adminGetUser({ UserPoolId: one.pool, Username: email })).Username).toBe("bob");
  });

  it("an address that nobody has yet does not become a name of theirs, but stays free for whoever proves it", async () => {
    const email = newEmail();
    okta.person = { ...okta.person, email, email_verified: true };
    await federatedTokens(hosted, "Okta");
    await refused(sdk.adminGetUser({ UserPoolId, Username: email }), "UserNotFoundException");
    const { username } = await createUser(target, UserPoolId, { email });
    expect((await sdk.adminGetUser({ UserPoolId, Username: email })).Username).toBe(username);
  });

  it("the subject of another provider's user makes another user", async () => {
    const first = await federatedTokens(hosted, "Okta");
    azure.person = { ...okta.person };
    const second = await federatedTokens(hosted, "Azure");
    expect(second.id.sub).not.toBe(first.id.sub);
  });

  it("a subject that differs in case alone is refused where names do not", async () => {
    await federatedTokens(hosted, "Okta");
    okta.person = { ...okta.person, sub: `00U${made}` };
    expect(await isRefused()).toBe(`Already found an entry for username okta_00u${made}`);
  });

  it("a username that somebody took before is refused", async () => {
    const one = await openFederated(target, [oidc("Okta", okta.issuer)], {
      ofPool: { UsernameAttributes: undefined },
    });
    const Username = `okta_00u${made}`;
    const UserAttributes = [{ Name: "email", Value: newEmail() }];
    await sdk.adminCreateUser({ UserPoolId: one.pool, Username, UserAttributes, MessageAction: "SUPPRESS" });
    const shown = await walk(one, new Browser(one.url), atOkta);
    expect(refusalIn(shown)).toEqual(["invalid_request", `Already found an entry for username ${Username}`]);
  });

  it.each(["", " ", "a b", "x".repeat(200)])(
    "a subject that can be no username is refused: %j",
    async (sub) => {
      okta.person = { ...okta.person, sub };
      await isRefused();
    },
  );

  it("the claims sub and identities are nobody's to map", async () => {
    for (const name of ["sub", "identities", "cognito:username"]) {
      const AttributeMapping = { [name]: "email" };
      const attempt = sdk.updateIdentityProvider({ UserPoolId, ProviderName: "Azure", AttributeMapping });
      await expect(attempt).rejects.toThrow("Invalid attribute mapping");
    }
  });
});

run("what goes wrong at the provider is told to the application:", () => {
  it("its own error", async () => {
    okta.bending = { back: { code: "", error: "access_denied", error_description: "Not today" } };
    expect(refusalIn(await walk(hosted, newBrowser(), atOkta))).toEqual(["access_denied", "Not today"]);
  });

  it("an error of its token endpoint, with its name and the status", async () => {
    okta.bending = {
      tokenError: { status: 400, body: { error: "invalid_client", error_description: "Who?" } },
    };
    expect(await isRefused()).toBe("Okta Error - 400 invalid_client Who?");
  });

  it("that it cannot be reached: server_error", async () => {
    const gone = await openProvider();
    await gone.close();
    const one = await openFederated(target, [oidc("Gone", gone.issuer)]);
    const shown = await new Browser(one.url).open(authorizeUrl(one, { identity_provider: "Gone" }));
    expect(refusalIn(shown)).toEqual(["server_error", "Gone cannot be reached."]);
  });

  it("an answer without end, and one that unpacks to one", async () => {
    okta.bending = { info: { sub: `00u${made}`, name: "x".repeat(2 ** 21) } };
    await isRefused();
    const packed = gzipSync(Buffer.alloc(2 ** 24, " "));
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(packed),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bomb = { ...oidc("Bomb", at), ProviderType: "SAML" as const, ProviderDetails: { MetadataURL: at } };
    const one = await openFederated(target, [oidc("Long", at), { ...bomb, AttributeMapping: {} }]);
    for (const identity_provider of ["Long", "Bomb"]) {
      const shown = await new Browser(one.url).open(authorizeUrl(one, { identity_provider }));
      expect(refusalIn(shown)[1]).toMatch(/longer than 1048576 bytes/);
    }
    server.close();
  });

  it("that it is another one than it was said to be", async () => {
    const one = await openFederated(target, [oidc("Wrong", `${okta.issuer}/other`)]);
    const shown = await new Browser(one.url).open(authorizeUrl(one, { identity_provider: "Wrong" }));
    expect(refusalIn(shown)[0]).toBe("invalid_request");
  });
});
