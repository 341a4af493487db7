import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import type { Browser, Shown } from "./browser";
import { authorizeUrl, CALLBACK, codeFor, EMAIL, LOGOUT, oauth, post, signInAt } from "./hosted";
import { createClient } from "./pool";

const { hosted, target, sdk, newPool, newClient, newUser, newBrowser } = await openHostedBench();

/** Opens an authorisation request in a browser that nobody is signed in with. */
const open = (changes: Record<string, string | undefined>, path?: string) =>
  newBrowser().open(authorizeUrl(hosted, changes, path));

const withoutPkce = { code_challenge: undefined, code_challenge_method: undefined };

const hasCode = ({ left }: Shown) => left?.searchParams.has("code");
const errorOf = ({ left }: Shown) => left?.searchParams.get("error");

/** A browser that somebody is signed in with. */
async function signedIn() {
  const browser = newBrowser();
  await signInAt(browser, authorizeUrl(hosted));
  return browser;
}

const returned = (url: URL | undefined) =>
  url && [url.origin + url.pathname, Object.fromEntries(url.searchParams)];

describe("a request whose client or address is not registered is shown and never followed:", () => {
  it.each([
    ["no client_id", { client_id: undefined }, "Required String parameter 'client_id' is not present"],
    ["an unknown client", { client_id: "nonesuch" }, "User pool client nonesuch does not exist."],
    [
      "no redirect_uri",
      { redirect_uri: undefined },
      "Required String parameter 'redirect_uri' is not present",
    ],
    ["another host", { redirect_uri: "https://evil.example/callback" }, "redirect_mismatch"],
    ["a path below", { redirect_uri: `${CALLBACK}/x` }, "redirect_mismatch"],
    ["a trailing slash", { redirect_uri: `${CALLBACK}/` }, "redirect_mismatch"],
    ["a query more", { redirect_uri: `${CALLBACK}?x=1` }, "redirect_mismatch"],
    ["a fragment", { redirect_uri: `${CALLBACK}#x` }, "redirect_mismatch"],
    ["another port", { redirect_uri: "http://localhost:3001/callback" }, "redirect_mismatch"],
    ["another scheme", { redirect_uri: "https://localhost:3000/callback" }, "redirect_mismatch"],
    ["upper case", { redirect_uri: "http://LOCALHOST:3000/callback" }, "redirect_mismatch"],
    ["a user in front", { redirect_uri: "http://localhost:3000@evil.example/callback" }, "redirect_mismatch"],
    [
      "a suffix of the host",
      { redirect_uri: "http://localhost:3000.evil.example/callback" },
      "redirect_mismatch",
    ],
    ["no scheme", { redirect_uri: "//evil.example" }, "redirect_mismatch"],
    ["a backslash", { redirect_uri: "/\\evil.example" }, "redirect_mismatch"],
    ["a script", { redirect_uri: "javascript:alert(1)" }, "redirect_mismatch"],
    ["a climb", { redirect_uri: `${CALLBACK}/../callback` }, "redirect_mismatch"],
    ["a line break", { redirect_uri: `${CALLBACK}\r\nx-injected: 1` }, "redirect_mismatch"],
    ["a space", { redirect_uri: ` ${CALLBACK}` }, "redirect_mismatch"],
  ])("%s", async (_, changes, message) => {
    for (const path of ["/oauth2/authorize", "/login", "/forgotPassword"]) {
      const { status, left, html, headers } = await open(changes, path);
      expect([status, left]).toEqual([400, undefined]);
      expect(html).toContain(message.replaceAll("'", "&#39;"));
      expect(headers.get("x-injected")).toBeNull();
    }
  });

  it("one of two addresses, whichever comes first", async () => {
    for (const first of [CALLBACK, "https://evil.example/"]) {
      const address = authorizeUrl(hosted, { redirect_uri: first });
      address.searchParams.append("redirect_uri", first === CALLBACK ? "https://evil.example/" : CALLBACK);
      const { status, left } = await newBrowser().open(address);
      expect([status, left]).toEqual([400, undefined]);
    }
  });

  it("a client's address with another client", async () => {
    const other = await newClient({
      ...oauth,
      CallbackURLs: ["https://other.example/"],
    });
    const { status, html } = await open({ client_id: other.id });
    expect([status, html.includes("redirect_mismatch")]).toEqual([400, true]);
  });
});

describe("any other fault is sent back to the client, with the state:", () => {
  const challenge = "x".repeat(43);
  it.each([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["an unknown response_type", { response_type: "id_token" }, "invalid_request"],
    ["the implicit flow, not allowed", { response_type: "token" }, "unauthorized_client"],
    ["a scope that the client may not have", { scope: "openid phone" }, "invalid_request"],
    ["a scope that nobody knows", { scope: "openid offline_access" }, "invalid_request"],
    ["a personal scope without openid", { scope: "email" }, "invalid_request"],
    ["another provider", { identity_provider: "Google" }, "invalid_request"],
    ["a challenge without its method", { code_challenge_method: undefined }, "invalid_request"],
    ["a method without its challenge", { code_challenge: undefined }, "invalid_request"],
    ["plain PKCE", { code_challenge: challenge, code_challenge_method: "plain" }, "invalid_request"],
    ["a challenge that is no SHA-256", { code_challenge: "short" }, "invalid_request"],
    ["prompt=none while nobody is signed in", { prompt: "none" }, "login_required"],
  ])("%s", async (_, changes, error) => {
    const { left } = await open(changes);
    expect(left?.href.startsWith(`${CALLBACK}?`)).toBe(true);
    expect([left?.searchParams.get("error"), left?.searchParams.get("state")]).toEqual([error, "s-1"]);
    expect(left?.searchParams.has("code")).toBe(false);
  });

  it("with what Cognito has been seen to answer for a scope, in its order", async () => {
    const { left } = await open({ scope: "phone", state: "a b&c" });
    expect(left?.href).toBe(
      `${CALLBACK}?error_description=invalid_scope&state=a+b%26c&error=invalid_request`,
    );
    const stateless = await open({ scope: "phone", state: undefined });
    expect(stateless.left?.href).toBe(`${CALLBACK}?error_description=invalid_scope&error=invalid_request`);
  });

  it("a parameter that is there twice, and neither state when it is the state", async () => {
    for (const name of ["state", "scope", "nonce", "code_challenge"]) {
      const address = authorizeUrl(hosted, { scope: "openid", nonce: "n" });
      address.searchParams.append(name, "evil");
      const { left } = await newBrowser().open(address);
      expect(left?.searchParams.get("error")).toBe("invalid_request");
      expect(left?.searchParams.get("state")).toBe(name === "state" ? null : "s-1");
    }
  });

  it("a client that is not set up for OAuth, or has no code flow", async () => {
    for (const each of [
      { ...oauth, AllowedOAuthFlowsUserPoolClient: false },
      { ...oauth, AllowedOAuthFlows: ["implicit" as const] },
    ]) {
      const { id } = await newClient(each);
      expect(errorOf(await open({ client_id: id }))).toBe("unauthorized_client");
    }
  });
});

describe("a good request", () => {
  it("leads to the form, and from there back with code and state", async () => {
    const { left, status } = await signInAt(newBrowser(), authorizeUrl(hosted, { state: "a b&c=ü" }));
    expect(status).toBe(302);
    expect(returned(left)).toEqual([
      CALLBACK,
      { code: expect.stringMatching(/^[0-9a-f-]{36}$/), state: "a b&c=ü" },
    ]);
  });

  it("keeps the query that the registered address has, and knows the schemes of apps", async () => {
    const fixed = await signInAt(
      newBrowser(),
      authorizeUrl(hosted, { redirect_uri: "https://app.example/cb?fixed=1" }),
    );
    expect(fixed.left?.href).toMatch(/^https:\/\/app\.example\/cb\?fixed=1&code=[0-9a-f-]{36}&state=s-1$/);
    const app = await signInAt(newBrowser(), authorizeUrl(hosted, { redirect_uri: "myapp://back" }));
    expect(app.left?.href).toMatch(/^myapp:\/\/back\?code=/);
  });

  it("needs no PKCE, of a client without a secret either", async () => {
    for (const client of [hosted.confidential.id, hosted.client]) {
      const address = authorizeUrl({ ...hosted, client }, withoutPkce);
      expect(hasCode(await signInAt(newBrowser(), address))).toBe(true);
    }
    const code = await codeFor(hosted, withoutPkce);
    const exchange = {
      grant_type: "authorization_code",
      client_id: hosted.client,
      code,
      redirect_uri: CALLBACK,
    };
    expect((await post(hosted, "/oauth2/token", exchange)).status).toBe(200);
  });

  it("fills in login_hint, speaks the lang that was asked for and names the client", async () => {
    const { html } = await open({ login_hint: "bob@acme.example", lang: "ja", identity_provider: "COGNITO" });
    expect(html).toContain('<html lang="ja">');
    expect(html).toContain('value="bob@acme.example"');
    expect(html).toContain("Web app に進みます");
    const english = await open({ lang: "xx" });
    expect(english.html).toContain('<html lang="en">');
  });

  it("is a GET; other methods are told so", async () => {
    const address = authorizeUrl(hosted);
    const response = await fetch(address, { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
    const head = await fetch(address, { method: "HEAD", redirect: "manual" });
    expect(head.status).toBe(302);
  });
});

describe("the browser's session", () => {
  const again = (browser: Browser, changes: Record<string, string | undefined> = {}) =>
    browser.open(authorizeUrl(hosted, changes));

  it("answers the next request at once, also with prompt=none and for another client of the pool", async () => {
    const browser = await signedIn();
    for (const changes of [{}, { prompt: "none" }, { prompt: "none", client_id: hosted.confidential.id }]) {
      expect(hasCode(await again(browser, changes))).toBe(true);
    }
  });

  it("does not count for prompt=login, and a new sign-in replaces it", async () => {
    const browser = await signedIn();
    const before = browser.cookies.get(`cognito-${hosted.pool}`);
    const { left, html } = await again(browser, { prompt: "login" });
    expect([left, html.includes("<form")]).toEqual([undefined, true]);
    await signInAt(browser, authorizeUrl(hosted, { prompt: "login" }));
    const after = browser.cookies.get(`cognito-${hosted.pool}`);
    expect(after).not.toBe(before);
    const old = newBrowser();
    old.cookies.set(`cognito-${hosted.pool}`, before ?? "");
    expect(errorOf(await again(old, { prompt: "none" }))).toBe("login_required");
  });

  it.skipIf(!target.isOwn)("lives for an hour", async () => {
    const browser = await signedIn();
    const inTime = await target.later(59 * 60, () => again(browser));
    expect(hasCode(inTime)).toBe(true);
    expect((await target.later(3_600, () => again(browser))).left).toBeUndefined();
  });

  it("is in a cookie that scripts cannot read and other sites cannot send along with a form", async () => {
    const { headers } = await signInAt(newBrowser(), authorizeUrl(hosted));
    const [cookie = ""] = headers.getSetCookie();
    expect(cookie).toMatch(/^cognito-[\w-]+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/);
  });

  it("is not one of another pool", async () => {
    const browser = await signedIn();
    const pool = await newPool();
    const { id } = await createClient(target, pool, oauth);
    browser.cookies.set(`cognito-${pool}`, browser.cookies.get(`cognito-${hosted.pool}`) ?? "");
    expect((await again(browser, { client_id: id })).left).toBeUndefined();
  });

  it("survives GlobalSignOut, which ends tokens only", async () => {
    const browser = await signedIn();
    await sdk.adminUserGlobalSignOut({ UserPoolId: hosted.pool, Username: EMAIL });
    expect(hasCode(await again(browser))).toBe(true);
  });

  it("is worth nothing while its user is disabled, and after the user was deleted", async () => {
    const Username = "gone@acme.example";
    await newUser({ email: Username });
    const browser = newBrowser();
    await signInAt(browser, authorizeUrl(hosted), Username);
    const named = { UserPoolId: hosted.pool, Username };
    await sdk.adminDisableUser(named);
    expect((await again(browser)).left).toBeUndefined();
    const refused = await signInAt(browser, authorizeUrl(hosted), Username);
    expect([refused.status, refused.html.includes("User is disabled.")]).toEqual([400, true]);
    await sdk.adminEnableUser(named);
    expect(hasCode(await again(browser))).toBe(true);
    await sdk.adminDeleteUser(named);
    expect((await again(browser)).left).toBeUndefined();
    await newUser({ email: Username });
    expect((await again(browser)).left).toBeUndefined();
  });
});

describe("/logout", () => {
  const logoutUrl = (parameters: Record<string, string>) =>
    new URL(`/logout?${new URLSearchParams(parameters)}`, hosted.url);

  const isSignedIn = async (browser: Browser) =>
    hasCode(await browser.open(authorizeUrl(hosted, { prompt: "none" })));

  it("clears cookie and session, and leads to a registered logout_uri as it stands", async () => {
    const browser = await signedIn();
    const copy = newBrowser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    const { left } = await browser.open(logoutUrl({ client_id: hosted.client, logout_uri: LOGOUT }));
    expect(left?.href).toBe(LOGOUT);
    expect(browser.cookies.has(`cognito-${hosted.pool}`)).toBe(false);
    expect([await isSignedIn(browser), await isSignedIn(copy)]).toEqual([false, false]);
  });

  it("leads to the form again with the parameters of an authorisation request", async () => {
    const browser = await signedIn();
    const address = authorizeUrl(hosted, {}, "/logout");
    const form = await browser.open(address);
    expect(form.url).toContain("/login?");
    const { left } = await browser.submit(form, { username: EMAIL, password: "Correct-horse-1" });
    expect(returned(left)).toEqual([CALLBACK, { code: expect.any(String), state: "s-1" }]);
  });

  it.each([
    ["no client", { logout_uri: LOGOUT }, "client_id"],
    ["an unknown client", { client_id: "nonesuch", logout_uri: LOGOUT }, "does not exist"],
    ["nowhere to go", {}, "redirect_uri"],
    ["an address of nobody", { logout_uri: "https://evil.example/" }, "redirect_mismatch"],
    ["more than the registered address", { logout_uri: `${LOGOUT}.evil.example` }, "redirect_mismatch"],
    ["a callback address as logout_uri", { logout_uri: CALLBACK }, "redirect_mismatch"],
    [
      "a logout address as redirect_uri",
      { redirect_uri: LOGOUT, response_type: "code" },
      "redirect_mismatch",
    ],
    ["no response_type", { redirect_uri: CALLBACK }, "response_type"],
  ])("%s: an error page, and nobody is signed out", async (name, parameters, message) => {
    const browser = await signedIn();
    const client = name === "no client" ? {} : { client_id: hosted.client };
    const { status, left, html } = await browser.open(logoutUrl({ ...client, ...parameters }));
    expect([status, left]).toEqual([400, undefined]);
    expect(html).toContain(message);
    expect(await isSignedIn(browser)).toBe(true);
  });
});
