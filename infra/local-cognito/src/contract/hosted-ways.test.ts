import { describe, expect, it } from "vitest";
import { Authenticator } from "./authenticator";
import { openForFile } from "./bench";
import { Browser, type Shown } from "./browser";
import { authorizeUrl, CALLBACK, oauth, openHosted, signInAt } from "./hosted";
import { answer, codeFor, createClient, createUser, given, newEmail, PASSWORD, wrong } from "./pool";

const target = await openForFile();
const { sdk } = target;
const hosted = await openHosted(target, {
  Policies: {
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
  },
});
const pool = hosted.pool;
await sdk.setUserPoolMfaConfig({ UserPoolId: pool, WebAuthnConfiguration: { RelyingPartyId: "localhost" } });
const ExplicitAuthFlows = [
  "ALLOW_USER_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
] as const;
const settings = { ...oauth, ExplicitAuthFlows: [...ExplicitAuthFlows] };
const { id: client } = await createClient(target, pool, settings);

const failed = ({ html }: Shown) => /role="alert" id="told">([^<]*)</.exec(html)?.[1];
const title = ({ html }: Shown) => /<h1>([^<]*)</.exec(html)?.[1];
const isDone = ({ left }: Shown) => left?.href.startsWith(`${CALLBACK}?code=`) === true;
const factorsOn = ({ html }: Shown) =>
  [...html.matchAll(/<input type="radio" name="answer" value="(\w+)"/g)].map(([, factor]) => factor);
const address = (path: string, client_id = client) =>
  authorizeUrl({ ...hosted, client: client_id }, {}, path);
const newBrowser = () => new Browser(hosted.url);

/** Says who it is. */
async function begin(username: string, browser = newBrowser(), of = client) {
  const form = await browser.open(address("/login/other", of));
  return { browser, shown: await browser.submit(form, { username }) };
}
/** And how. */
async function choose(username: string, factor: string, of = client) {
  const { browser, shown } = await begin(username, newBrowser(), of);
  return { browser, shown: await browser.submit(shown, { answer: factor }) };
}
const optionsIn = ({ html }: Shown): string =>
  given(/data-passkey="([^"]*)"/.exec(html)?.[1])
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** Somebody with a passkey. */
async function withPasskey() {
  const { email, username } = await createUser(target, pool);
  const AuthParameters = { USERNAME: email, PASSWORD };
  const { AuthenticationResult } = await sdk.initiateAuth({
    ClientId: client,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters,
  });
  const { AccessToken } = given(AuthenticationResult);
  const device = new Authenticator("localhost", "http://localhost:9229");
  const { CredentialCreationOptions } = await sdk.startWebAuthnRegistration({ AccessToken });
  const Credential = device.create(CredentialCreationOptions);
  await sdk.completeWebAuthnRegistration({ AccessToken, Credential });
  return { email, username, device };
}

describe.skipIf(!target.isOwn)("signing in another way", () => {
  it("is offered where the client and the pool have more than passwords", async () => {
    expect((await newBrowser().open(address("/login"))).html).toContain("/login/other?");
    // This one has no USER_AUTH.
    expect((await newBrowser().open(address("/login", hosted.client))).html).not.toContain("/login/other");
    const elsewhere = await newBrowser().open(address("/login/other", hosted.client));
    expect(title(elsewhere)).toBe("Sign in");
    expect(elsewhere.html).toContain('name="password"');
  });

  it("lets people choose among what they have", async () => {
    const { email, device } = await withPasskey();
    expect(factorsOn((await begin(email)).shown)).toEqual(["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]);
    expect(device.id.length).toBe(16);
    const phone_number = "+15551230001";
    const { email: called } = await createUser(target, pool, { attributes: { phone_number } });
    expect(factorsOn((await begin(called)).shown)).toEqual(["PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
  });

  it("asks for the password on a page of its own", async () => {
    const { email } = await createUser(target, pool);
    const { browser, shown } = await choose(email, "PASSWORD");
    expect(title(shown)).toBe("Enter your password");
    expect(isDone(await browser.submit(shown, { password: PASSWORD }))).toBe(true);
    const again = await choose(email, "PASSWORD");
    const refused = await again.browser.submit(again.shown, { password: "Wrong-horse-9" });
    expect([refused.status, failed(refused)]).toEqual([400, "Incorrect username or password."]);
  });

  it("mails a code; a wrong one may be mended, a used one is no good", async () => {
    const { email } = await createUser(target, pool, { attributes: { email_verified: "false" } });
    const { browser, shown } = await choose(email, "EMAIL_OTP");
    expect([title(shown), shown.html.includes("u***@a***")]).toEqual(["Enter the code we mailed", true]);
    const code = await codeFor(target, email);
    const mistaken = await browser.submit(shown, { code: wrong(code) });
    expect([mistaken.status, title(mistaken)]).toEqual([400, "Enter the code we mailed"]);
    expect(isDone(await browser.submit(mistaken, { code }))).toBe(true);
    expect(isDone(await newBrowser().submit(mistaken, { code }))).toBe(false);
    const { UserAttributes } = await sdk.adminGetUser({ UserPoolId: pool, Username: email });
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  });

  it("texts a code", async () => {
    const phone_number = "+15551230002";
    const { email } = await createUser(target, pool, { attributes: { phone_number } });
    const { browser, shown } = await choose(email, "SMS_OTP");
    expect(title(shown)).toBe("Enter the code we texted");
    expect(isDone(await browser.submit(shown, { code: await codeFor(target, phone_number) }))).toBe(true);
  });

  it("takes a passkey, over the page's own challenge and once", async () => {
    const { email, device } = await withPasskey();
    const { browser, shown } = await choose(email, "WEB_AUTHN");
    expect(title(shown)).toBe("Use your passkey");
    const credential = device.get(optionsIn(shown));
    expect(isDone(await browser.submit(shown, { credential }))).toBe(true);
    const again = await newBrowser().submit(shown, { credential });
    expect([again.status, isDone(again)]).toEqual([400, false]);
  });

  it("takes nobody else's passkey, and none for another site", async () => {
    const { email } = await withPasskey();
    const other = await withPasskey();
    const theirs = await choose(email, "WEB_AUTHN");
    const foreign = other.device.get(optionsIn(theirs.shown));
    expect(isDone(await theirs.browser.submit(theirs.shown, { credential: foreign }))).toBe(false);
    const own = await withPasskey();
    const mine = await choose(own.email, "WEB_AUTHN");
    const elsewhere = own.device.get(optionsIn(mine.shown), { origin: "https://evil.example" });
    expect(isDone(await mine.browser.submit(mine.shown, { credential: elsewhere }))).toBe(false);
    const garbled = await choose(own.email, "WEB_AUTHN");
    for (const credential of ["", "{}", "x"]) {
      expect(isDone(await garbled.browser.submit(garbled.shown, { credential }))).toBe(false);
    }
  });

  it("tells of a name that does not exist nothing, where the client hides it", async () => {
    const { id } = await createClient(target, pool, { ...settings, PreventUserExistenceErrors: "ENABLED" });
    const nobody = newEmail("nobody");
    const { email } = await createUser(target, pool);
    expect(factorsOn((await begin(nobody, newBrowser(), id)).shown)).toEqual(["PASSWORD", "EMAIL_OTP"]);
    const pages: string[] = [];
    for (const name of [nobody, email]) {
      const { browser, shown } = await choose(name, "EMAIL_OTP", id);
      const refused = await browser.submit(shown, { code: "12345" });
      const bare = ({ html }: Shown) =>
        html.replace(/value="[^"]*"|[\w*]+@[\w*.]+|code_challenge=[\w-]+/g, "…");
      pages.push(`${bare(shown)}${refused.status}${bare(refused)}`);
    }
    expect(pages[0]).toBe(pages[1]);
    expect(await target.messagesTo(nobody)).toEqual([]);
    // Otherwise it says so at once.
    const { shown } = await begin(nobody);
    expect([shown.status, failed(shown)]).toEqual([400, "User does not exist."]);
  });

  it("is no way around what forms must show: the token, a session of this client, a choice that was offered", async () => {
    const { email } = await createUser(target, pool);
    const { browser, shown } = await begin(email);
    const bare = await newBrowser().open(address("/login/other"), {
      method: "POST",
      body: new URLSearchParams({ username: email }),
    });
    expect([bare.status, factorsOn(bare)]).toEqual([400, []]);
    const refused = await browser.submit(shown, { answer: "WEB_AUTHN" });
    expect(refused.status).toBe(400);
    const session = given(/name="session" value="([^"]*)"/.exec(shown.html)?.[1]);
    const responses = { USERNAME: email, ANSWER: "PASSWORD" };
    await expect(answer(target, hosted.client, "SELECT_CHALLENGE", session, responses)).rejects.toThrow();
  });

  it("keeps to its own script and style", async () => {
    const { email } = await withPasskey();
    const { shown } = await choose(email, "WEB_AUTHN");
    const policy = shown.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'; style-src '[^']+'; script-src 'sha256-[^']+';/);
    const { headers } = await newBrowser().open(address("/login"));
    expect(headers.get("content-security-policy")).not.toContain("script-src");
  });
});

describe.skipIf(!target.isOwn)("adding a passkey", () => {
  const there = (client_id = client, redirect_uri = CALLBACK) => {
    const url = new URL("/passkeys/add", hosted.url);
    url.search = String(new URLSearchParams({ client_id, redirect_uri }));
    return url;
  };
  const signedIn = async () => {
    const { email } = await createUser(target, pool);
    const browser = newBrowser();
    await signInAt(browser, address("/oauth2/authorize"), email);
    return { email, browser };
  };

  it("asks whoever is signed in for one, keeps it, and leads back to the application", async () => {
    const { email, browser } = await signedIn();
    const shown = await browser.open(there());
    expect([shown.status, title(shown)]).toEqual([200, "Add a passkey"]);
    const device = new Authenticator("localhost", "http://localhost:9229");
    const credential = JSON.stringify(device.create(JSON.parse(optionsIn(shown))));
    const { left } = await browser.submit(shown, { credential });
    expect(left?.href).toBe(CALLBACK);
    const way = await choose(email, "WEB_AUTHN");
    const entered = await way.browser.submit(way.shown, {
      credential: device.get(optionsIn(way.shown)),
    });
    expect(isDone(entered)).toBe(true);
  });

  it("asks everybody else to sign in first", async () => {
    const shown = await newBrowser().open(there());
    expect([shown.status, new URL(shown.url).pathname]).toEqual([200, "/login"]);
    const { left } = await newBrowser().submit(shown, {});
    expect(left).toBeUndefined();
  });

  it("keeps none over another challenge, or without the page's token", async () => {
    const { email, browser } = await signedIn();
    const shown = await browser.open(there());
    const device = new Authenticator("localhost", "http://localhost:9229");
    const options = JSON.parse(optionsIn(shown)) as object;
    const credential = JSON.stringify(device.create(options, { challenge: "AAAA" }));
    expect((await browser.submit(shown, { credential })).status).toBe(400);
    for (const broken of ["", "null", "x", "{}"]) {
      const next = await browser.open(there());
      expect((await browser.submit(next, { credential: broken })).status).toBe(400);
    }
    const good = await browser.open(there());
    const made = JSON.stringify(device.create(JSON.parse(optionsIn(good))));
    const { status } = await browser.submit(good, { credential: made, _csrf: "x" });
    expect(status).toBe(400);
    const { ConfiguredUserAuthFactors } = await sdk.adminGetUserAuthFactors({
      UserPoolId: pool,
      Username: email,
    });
    expect(ConfiguredUserAuthFactors).not.toContain("WEB_AUTHN");
  });

  it("is shown to nobody for an address that is not registered, nor in a pool without passkeys", async () => {
    const { browser } = await signedIn();
    const foreign = await browser.open(there(client, "https://evil.example/"));
    expect([foreign.status, foreign.html.includes("redirect_mismatch")]).toEqual([400, true]);
    const plain = await openHosted(target);
    const other = new Browser(plain.url);
    await signInAt(other, authorizeUrl(plain));
    const url = new URL("/passkeys/add", plain.url);
    url.search = String(new URLSearchParams({ client_id: plain.client, redirect_uri: CALLBACK }));
    expect((await other.open(url)).status).toBe(400);
  });
});
