import { beforeAll, describe, expect, it } from "vitest";
import { newBench, openHostedBench } from "./bench";
import type { Browser, Shown } from "./browser";
import { authorizeUrl, CALLBACK, EMAIL, oauth, signInAt } from "./hosted";
import { codeFor, createClient, PASSWORD } from "./pool";
import { totp } from "./totp";

const { hosted, target, sdk, newPool, newClient, newUser, enterBy, newBrowser } = await openHostedBench();

const isDone = ({ left }: Shown) => left?.href.startsWith(`${CALLBACK}?code=`) === true;
const NEW_PASSWORD = "Another-horse-2";

/** What the page says went wrong. */
const told = ({ html }: Shown) => /role="alert"[^>]*>([^<]*)</.exec(html)?.[1];
const title = ({ html }: Shown) => /<h1>([^<]*)</.exec(html)?.[1];

const sentCode = (to: string) => codeFor(target, to);
/** The sign-in form, filled in. */
const enter = (
  username?: string,
  password?: string,
  changes?: Record<string, string>,
  browser = newBrowser(),
) => signInAt(browser, authorizeUrl(hosted, changes), username, password);
/** A user with a temporary password, who is asked for another one. */
async function invited() {
  const { email } = await newUser({ temporary: true });
  const browser = newBrowser();
  return { email, browser, asked: await enter(email, PASSWORD, {}, browser) };
}
const isRefused = (shown: Shown) => expect([shown.status, isDone(shown)]).toEqual([400, false]);
const isShown = (shown: Shown, status: number, heading: string) =>
  expect([shown.status, title(shown)]).toEqual([status, heading]);

describe("whichever pages it has, the sign-in", () => {
  it("sends nobody back for a wrong password", async () => {
    const { left, html } = await enter(EMAIL, NEW_PASSWORD);
    expect(left).toBeUndefined();
    expect(html).toContain("<form");
  });

  it("refuses a form without the page's token", async () => {
    const { left } = await newBrowser().open(authorizeUrl(hosted, {}, "/login"), {
      method: "POST",
      body: new URLSearchParams({ username: EMAIL, password: PASSWORD }),
    });
    expect(left).toBeUndefined();
  });

  it("shows what it was given as text, never as markup", async () => {
    const evil = '"><script>alert(1)</script>';
    const shown = await newBrowser().open(authorizeUrl(hosted, { login_hint: evil }));
    const after = await enter(evil);
    for (const { html } of [shown, after]) expect(html).not.toContain("<script>alert(1)");
  });

  it("lets nobody in with a temporary password, nor a disabled user", async () => {
    const { asked } = await invited();
    expect(asked.left).toBeUndefined();
    const { email: Username } = await newUser();
    await sdk.adminDisableUser({ UserPoolId: hosted.pool, Username });
    expect((await enter(Username)).left).toBeUndefined();
  });
});

describe.skipIf(!target.isOwn)("the password step", () => {
  it("says in Cognito's words what is wrong, keeps the name and never the password", async () => {
    const shown = await enter(EMAIL, "hunter2-hunter2");
    expect([shown.status, told(shown)]).toEqual([400, "Incorrect username or password."]);
    expect(shown.html).toContain(`value="${EMAIL}"`);
    expect(shown.html).not.toContain("hunter2");
    expect(isDone(await newBrowser().submit(shown, {}))).toBe(false);
  });

  it("goes on after a mistake on the same page", async () => {
    const browser = newBrowser();
    const shown = await enter(EMAIL, "wrong", {}, browser);
    expect(isDone(await browser.submit(shown, { username: EMAIL, password: PASSWORD }))).toBe(true);
  });

  it("speaks Japanese where that was asked for", async () => {
    const shown = await enter(EMAIL, "wrong", { lang: "ja" });
    expect(told(shown)).toMatch(/パスワードが正しくない/);
  });

  it("asks for an e-mail address, or for a username where the pool has them", async () => {
    const label = ({ html }: Shown) => /for="username">([^<]*)</.exec(html)?.[1];
    expect(label(await newBrowser().open(authorizeUrl(hosted)))).toBe("Email");
    const pool = await newPool({ UsernameAttributes: [] });
    const { id } = await createClient(target, pool, oauth);
    expect(label(await newBrowser().open(authorizeUrl(hosted, { client_id: id })))).toBe("Username");
  });

  it("takes no empty or endless input to the rules", async () => {
    for (const [username, password] of [
      ["", PASSWORD],
      [EMAIL, ""],
      [EMAIL, "x".repeat(10_000)],
      ["x".repeat(10_000), PASSWORD],
    ]) {
      const shown = await enter(username, password);
      expect([shown.status, told(shown)]).toEqual([400, "Check what you entered."]);
    }
  });

  it("counts wrong passwords together with the API's, and locks out", async () => {
    const { email } = await newUser();
    await target.lockingOut(async () => {
      for (let attempt = 0; attempt < 5; attempt++) await enter(email, "wrong");
    });
    const locked = await enter(email);
    expect([isDone(locked), told(locked)]).toEqual([false, "Password attempts exceeded"]);
    const api = await newClient();
    await expect(enterBy(api.id, email)).rejects.toThrow(/^Password attempts exceeded$/);
    const later = await target.later(60, () => enter(email));
    expect(isDone(later)).toBe(true);
  });

  it("reveals an unknown name exactly as the API does for the client", async () => {
    const plain = await enter("nobody@acme.example");
    expect(told(plain)).toBe("User does not exist.");
    const settings = { ...oauth, PreventUserExistenceErrors: "ENABLED" as const };
    const { id } = await newClient(settings);
    const hidden = await enter("nobody@acme.example", PASSWORD, { client_id: id });
    expect(told(hidden)).toBe("Incorrect username or password.");
  });
});

describe.skipIf(!target.isOwn)("a temporary password", () => {
  it("leads to the choice of another one, which must fit the policy, and then back", async () => {
    const { email, browser, asked } = await invited();
    isShown(asked, 200, "Choose a new password");
    const weak = await browser.submit(asked, { password: "weak" });
    isShown(weak, 400, "Choose a new password");
    expect(told(weak)).toBe("Password did not conform with policy: Password not long enough");
    expect(isDone(await browser.submit(weak, { password: NEW_PASSWORD }))).toBe(true);
    const replayed = await browser.submit(asked, { password: NEW_PASSWORD });
    expect([isDone(replayed), title(replayed)]).toEqual([false, "Sign in"]);
    expect(isDone(await enter(email, NEW_PASSWORD))).toBe(true);
  });

  it("is asked to again from the beginning when the page was left open for too long", async () => {
    const { browser, asked } = await invited();
    const late = await target.later(180, () => browser.submit(asked, { password: NEW_PASSWORD }));
    isShown(late, 400, "Sign in");
    expect(told(late)).toMatch(/session is expired/);
  });
});

// A pool of their own: second factors are off in the other one.
const bench = await newBench(target);
const { pool } = bench;
const client = await createClient(target, pool, oauth);
describe.skipIf(!target.isOwn)("second factors", () => {
  const KEYS = new Map<string, string>();

  /** Makes a user with an authenticator app, set up through the API. */
  async function withApp(email: string, attributes: Record<string, string> = {}) {
    const { AccessToken } = await bench.signedIn({ email, attributes });
    const { SecretCode = "" } = await sdk.associateSoftwareToken({ AccessToken });
    await sdk.verifySoftwareToken({ AccessToken, UserCode: totp(SecretCode) });
    await sdk.adminSetUserMFAPreference({
      UserPoolId: pool,
      Username: email,
      SoftwareTokenMfaSettings: { Enabled: true },
      SMSMfaSettings: { Enabled: attributes.phone_number !== undefined },
    });
    KEYS.set(email, SecretCode);
  }
  /** The next one, which the tolerance takes already: the present one may have been used. */
  const appCode = (email: string) => totp(KEYS.get(email) ?? "", Date.now() + 30_000);
  const begin = (browser: Browser, email: string, to = client.id) =>
    signInAt(browser, authorizeUrl(hosted, { client_id: to }), email);

  const configure = (MfaConfiguration: "ON" | "OPTIONAL", app = true, sms = true) =>
    sdk.setUserPoolMfaConfig({
      UserPoolId: pool,
      MfaConfiguration,
      SoftwareTokenMfaConfiguration: { Enabled: app },
      ...(sms && {
        SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" } },
      }),
    });

  beforeAll(() => configure("OPTIONAL"));

  it("an authenticator app's code is asked for; a wrong one may be mended, a used one is no good", async () => {
    await withApp("erin@acme.example");
    const browser = newBrowser();
    const asked = await begin(browser, "erin@acme.example");
    expect(title(asked)).toBe("Enter your authenticator code");
    expect(browser.cookies.has(`cognito-${pool}`)).toBe(false);
    const wrong = await browser.submit(asked, { code: "000000" });
    isShown(wrong, 400, "Enter your authenticator code");
    const code = appCode("erin@acme.example");
    expect(isDone(await browser.submit(wrong, { code: `${code.slice(0, 3)} ${code.slice(3)}` }))).toBe(true);
    const other = newBrowser();
    const second = await other.submit(await begin(other, "erin@acme.example"), { code });
    expect(isDone(second)).toBe(false);
  });

  it("a texted code is asked for, with the number hidden", async () => {
    const phone = "+819011112222";
    const email = "sam@acme.example";
    await bench.newUser({
      email,
      attributes: { phone_number: phone, phone_number_verified: "true" },
    });
    await sdk.adminSetUserMFAPreference({
      UserPoolId: pool,
      Username: email,
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    const browser = newBrowser();
    const asked = await begin(browser, email);
    expect(asked.html).toMatch(/A code was sent to \+\*+2222\./);
    expect(asked.html).not.toContain(phone);
    expect(isDone(await browser.submit(asked, { code: await sentCode(phone) }))).toBe(true);
  });

  it("who has both chooses", async () => {
    const email = "both@acme.example";
    const phone = "+819033334444";
    await withApp(email, { phone_number: phone, phone_number_verified: "true" });
    const browser = newBrowser();
    const choice = await begin(browser, email);
    expect(title(choice)).toBe("How do you want to confirm it is you?");
    const invalid = await browser.submit(choice, { answer: "CARRIER_PIGEON" });
    isShown(invalid, 400, "How do you want to confirm it is you?");
    const asked = await browser.submit(invalid, { answer: "SMS_MFA" });
    expect(isDone(await browser.submit(asked, { code: await sentCode(phone) }))).toBe(true);
    const again = await browser.submit(await begin(newBrowser(), email), { answer: "SOFTWARE_TOKEN_MFA" });
    isRefused(again);
  });

  it("where the pool insists, an app is set up on the way, with a code to scan and a key to type", async () => {
    const email = "fresh@acme.example";
    await bench.newUser({ email });
    await configure("ON");
    const browser = newBrowser();
    const setup = await begin(browser, email);
    expect(title(setup)).toBe("Set up an authenticator app");
    expect(setup.html).toMatch(/<svg [^>]*viewBox/);
    const keyOf = ({ html }: Shown) =>
      /<code class="key">([A-Z2-7 ]+)</.exec(html)?.[1]?.replaceAll(" ", "") ?? "";
    const key = keyOf(setup);
    const wrong = await browser.submit(setup, { code: "000000" });
    expect([wrong.status, title(wrong), keyOf(wrong)]).toEqual([400, title(setup), key]);
    expect(isDone(await browser.submit(wrong, { code: totp(key) }))).toBe(true);
    KEYS.set(email, key);
    const next = newBrowser();
    expect(isDone(await next.submit(await begin(next, email), { code: appCode(email) }))).toBe(true);
  });

  it("where only texts are on offer and there is no number, the page says whom to ask", async () => {
    await bench.newUser({ email: "numberless@acme.example" });
    await configure("ON", false);
    const stuck = await begin(newBrowser(), "numberless@acme.example");
    expect(stuck.html).toContain("Ask your administrator");
    expect(stuck.html).not.toContain("<form");
  });
});

describe.skipIf(!target.isOwn)("a challenge", () => {
  it("of one user, client or invention is no good for another", async () => {
    const { browser, asked } = await invited();
    const other = await newClient(oauth);
    const atOther = { ...asked, html: asked.html.replaceAll(hosted.client, other.id) };
    for (const [page, fields] of [
      [asked, { username: EMAIL }],
      [asked, { session: "x".repeat(100) }],
      [asked, { challenge: "SMS_MFA", code: "000000" }],
      [atOther, {}],
    ] as const) {
      const shown = await browser.submit(page, { password: NEW_PASSWORD, ...fields });
      isRefused(shown);
    }
    expect(isDone(await browser.submit(asked, { password: NEW_PASSWORD }))).toBe(true);
  });
});

describe.skipIf(!target.isOwn)("a password that an administrator reset", () => {
  it("leads to the field for the code that was mailed, and mails no other", async () => {
    const { email } = await newUser();
    await sdk.adminResetUserPassword({ UserPoolId: hosted.pool, Username: email });
    const code = await sentCode(email);
    const browser = newBrowser();
    const shown = await enter(email, PASSWORD, {}, browser);
    expect(title(shown)).toBe("Enter the code");
    const changed = await browser.submit(shown, { code, password: NEW_PASSWORD });
    expect(isDone(await browser.submit(changed, { username: email, password: NEW_PASSWORD }))).toBe(true);
    expect(await sentCode(email)).toBe(code);
  });
});

describe.skipIf(!target.isOwn)("a forgotten password", () => {
  it("is replaced with the code that was mailed, also for a client with a secret", async () => {
    for (const client_id of [hosted.client, hosted.confidential.id]) {
      const { email } = await newUser();
      const browser = newBrowser();
      const login = await browser.open(authorizeUrl(hosted, { client_id }));
      const link = /href="(\/forgotPassword[^"]*)"/.exec(login.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
      const ask = await browser.open(link);
      const confirm = await browser.submit(ask, { username: email });
      isShown(confirm, 200, "Enter the code");
      const wrong = await browser.submit(confirm, { code: "000000", password: NEW_PASSWORD });
      isShown(wrong, 400, "Enter the code");
      const changed = await browser.submit(wrong, { code: await sentCode(email), password: NEW_PASSWORD });
      isShown(changed, 200, "Sign in");
      expect(changed.html).toContain("Your password was changed.");
      expect(isDone(await browser.submit(changed, { username: email, password: NEW_PASSWORD }))).toBe(true);
    }
  });

  it("tells nothing about whether there is an account, where the client hides it", async () => {
    const settings = { ...oauth, PreventUserExistenceErrors: "ENABLED" as const };
    const { id } = await newClient(settings);
    const address = authorizeUrl(hosted, { client_id: id }, "/forgotPassword");
    const pages = [];
    for (const username of [EMAIL, "nobody@acme.example"]) {
      const browser = newBrowser();
      const ask = await browser.open(address);
      const { html, status } = await browser.submit(ask, { username });
      pages.push([status, html.replaceAll(username, "…").replace(/name="_csrf" value="[^"]*"/, "")]);
    }
    expect(pages[0]).toEqual(pages[1]);
  });
});

describe.skipIf(!target.isOwn)("a form", () => {
  const fields = { username: EMAIL, password: PASSWORD };

  it("needs the token of this browser", async () => {
    const browser = newBrowser();
    const form = await browser.open(authorizeUrl(hosted));
    const foreign = await newBrowser().open(authorizeUrl(hosted));
    for (const [page, more] of [
      [form, { _csrf: "" }],
      [form, { _csrf: "x".repeat(43) }],
      [foreign, {}],
    ] as const) {
      const shown = await browser.submit(page, { ...fields, ...more });
      expect([shown.status, told(shown)]).toEqual([
        400,
        "This page was open for too long. Please try again.",
      ]);
    }
    const cookieless = await newBrowser().submit(form, fields);
    isRefused(cookieless);
    expect(isDone(await browser.submit(form, fields))).toBe(true);
  });

  it("of another origin, or without any, is refused even with the token", async () => {
    for (const origin of ["https://evil.example", "null", "http://localhost:3000"]) {
      const browser = newBrowser();
      const form = await browser.open(authorizeUrl(hosted));
      const shown = await browser.submit(form, fields, { origin });
      isRefused(shown);
      expect(isDone(await browser.submit(form, fields, { origin: hosted.url }))).toBe(true);
    }
  });

  it("is not read as anything but a form", async () => {
    const browser = newBrowser();
    const form = await browser.open(authorizeUrl(hosted));
    const shown = await browser.submit(form, fields, { "content-type": "text/plain" });
    isRefused(shown);
  });
});

describe.skipIf(!target.isOwn)("every page", () => {
  const ATTACK = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\u202e</style>`;

  it("shows what was sent as text, wherever it is echoed", async () => {
    const { id } = await newClient({ ...oauth, ClientName: "A=b, c" });
    const browser = newBrowser();
    const everywhere = {
      client_id: id,
      state: ATTACK,
      nonce: ATTACK,
      login_hint: ATTACK,
      lang: ATTACK,
      extra: ATTACK,
    };
    const login = await browser.open(authorizeUrl(hosted, everywhere));
    const pages = [
      login,
      await browser.open(authorizeUrl(hosted, everywhere, "/forgotPassword")),
      await browser.open(authorizeUrl(hosted, { client_id: ATTACK, lang: ATTACK })),
      await browser.open(authorizeUrl(hosted, { redirect_uri: ATTACK })),
      await browser.open(`/logout?${new URLSearchParams({ client_id: id, logout_uri: ATTACK })}`),
      await browser.submit(login, { username: ATTACK, password: ATTACK }),
      await browser.submit(login, { username: ATTACK, password: ATTACK, challenge: ATTACK, session: ATTACK }),
      await browser.submit(login, {
        username: ATTACK,
        session: ATTACK,
        challenge: "MFA_SETUP",
        code: ATTACK,
      }),
    ];
    for (const { html, status } of pages) {
      expect(status === 200 || status === 400).toBe(true);
      expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>|<\/style>[^\n]/);
      expect(html).toMatch(/^<!doctype html>/);
    }
    expect(login.html).toContain("&quot;&#39;&gt;&lt;script&gt;");
  });

  it("forbids scripts, frames and foreign forms, and is not kept or told on", async () => {
    const pages = [
      await newBrowser().open(authorizeUrl(hosted)),
      await newBrowser().open(authorizeUrl(hosted, { redirect_uri: "https://evil.example/" })),
    ];
    for (const { headers, html } of pages) {
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self'/,
      );
      expect(policy).toMatch(/base-uri 'none'; frame-ancestors 'none'$/);
      expect(policy).not.toContain("unsafe");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(html).not.toMatch(/ style="| on\w+="/);
    }
  });

  it("allows its form to lead to the client's own address and nowhere else", async () => {
    const sources = async (redirect_uri: string) => {
      const { headers } = await newBrowser().open(authorizeUrl(hosted, { redirect_uri }));
      return /form-action ([^;]*)/.exec(headers.get("content-security-policy") ?? "")?.[1];
    };
    expect(await sources(CALLBACK)).toBe("'self' http://localhost:3000");
    expect(await sources("https://app.example/cb?fixed=1")).toBe("'self' https://app.example");
    expect(await sources("myapp://back")).toBe("'self' myapp:");
  });
});
