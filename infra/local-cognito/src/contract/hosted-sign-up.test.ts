import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { Browser, type Shown } from "./browser";
import { authorizeUrl, CALLBACK, EMAIL, type Hosted, oauth, openHosted, signInAt } from "./hosted";
import { codeFor, createClient, mapOf, newEmail, PASSWORD, wrong } from "./pool";

const { hosted, target, sdk, newBrowser } = await openHostedBench();

const told = ({ html }: Shown) => /role="(?:alert|status)"(?: id="told")?>([^<]*)</.exec(html)?.[1];
const failed = ({ html }: Shown) => /role="alert" id="told">([^<]*)</.exec(html)?.[1];
const title = ({ html }: Shown) => /<h1>([^<]*)</.exec(html)?.[1];
const isDone = ({ left }: Shown) => left?.href.startsWith(`${CALLBACK}?code=`) === true;
const at = (path: string, changes: Record<string, string | undefined> = {}, of: Hosted = hosted) =>
  authorizeUrl(of, changes, path);

/** The form, filled in. */
async function signUp(
  email: string,
  password = PASSWORD,
  browser = newBrowser(),
  more: Record<string, string> = {},
) {
  const form = await browser.open(at("/signup"));
  return { browser, shown: await browser.submit(form, { username: email, password, ...more }) };
}
/** A pool and its client with other settings. */
const openWith = (settings: object) => openHosted(target, settings);

describe.skipIf(!target.isOwn)("signing up on the page", () => {
  it("is offered where people may, and says which application it leads to", async () => {
    const shown = await newBrowser().open(at("/login"));
    expect(shown.html).toMatch(/href="\/signup\?[^"]*client_id=/);
    const page = await newBrowser().open(at("/signup"));
    expect([page.status, title(page)]).toEqual([200, "Create an account"]);
    expect(page.html).toContain("to continue to Web app");
    expect(page.html).toContain("<span>Web app</span></header>");
    expect(page.html).toContain('autocomplete="new-password" required');
  });

  it("mails a code, confirms with it, and lets the user in", async () => {
    const email = newEmail();
    const { browser, shown } = await signUp(email);
    expect([shown.status, title(shown)]).toEqual([200, "Confirm your account"]);
    const bad = await browser.submit(shown, { code: wrong(await codeFor(target, email)) });
    expect([bad.status, failed(bad)]).toEqual([400, "Invalid verification code provided, please try again."]);
    // As it was read from the mail, with a space.
    const code = (await codeFor(target, email)).replace(/^(...)/, "$1 ");
    const confirmed = await browser.submit(bad, { code });
    expect([confirmed.status, told(confirmed)]).toEqual([200, "Your account is ready. Sign in with it."]);
    expect(confirmed.html).toContain(`value="${email}"`);
    expect(isDone(await browser.submit(confirmed, { username: email, password: PASSWORD }))).toBe(true);
  });

  it("sends another code, which then counts", async () => {
    const email = newEmail();
    const { browser, shown } = await signUp(email);
    const first = await codeFor(target, email);
    const resend = shown.html.slice(shown.html.indexOf('action="/resendcode') - 60);
    const again = await browser.submit({ html: resend.slice(resend.indexOf("<form")), url: shown.url }, {});
    expect([again.status, told(again)]).toEqual([200, "Another code is on its way."]);
    const second = await codeFor(target, email);
    if (second !== first) expect((await browser.submit(again, { code: first })).status).toBe(400);
    expect((await browser.submit(again, { code: second })).status).toBe(200);
  });

  it("asks whoever has not confirmed yet for the code when they sign in", async () => {
    const email = newEmail();
    await signUp(email);
    const browser = newBrowser();
    const asked = await signInAt(browser, authorizeUrl(hosted), email);
    expect([asked.status, title(asked), failed(asked)]).toEqual([
      400,
      "Confirm your account",
      "User is not confirmed.",
    ]);
    expect((await browser.submit(asked, { code: await codeFor(target, email) })).status).toBe(200);
  });

  it.each([
    ["a taken name", EMAIL, PASSWORD, /already exists/],
    ["a weak password", newEmail(), "short", /Password (did not conform|not long enough)/],
    ["no address", "nobody", PASSWORD, /email/],
    ["an empty form", "", "", "Check what you entered."],
  ])("is refused with %s, and keeps what was typed but the password", async (_, email, password, words) => {
    const { shown } = await signUp(email, password);
    expect([shown.status, title(shown)]).toEqual([400, "Create an account"]);
    expect(failed(shown)).toMatch(words);
    expect(shown.html).toContain(`id="username" name="username" type="email" value="${email}"`);
    if (password) expect(shown.html).not.toContain(password);
  });

  it("makes nobody of a form without the page's token", async () => {
    const email = newEmail();
    for (const [path, fields] of [
      ["/signup", { username: email, password: PASSWORD }],
      ["/confirm", { username: email, code: "123456" }],
      ["/resendcode", { username: email }],
    ] as const) {
      const { status } = await newBrowser().open(at(path), {
        method: "POST",
        body: new URLSearchParams(fields),
      });
      expect(status).toBe(400);
    }
    expect(await target.messagesTo(email)).toEqual([]);
  });

  it("is closed where administrators make the users", async () => {
    const closed = await openWith({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    const browser = new Browser(closed.url);
    const login = await browser.open(at("/login", {}, closed));
    expect(login.html).not.toContain("/signup");
    const shown = await browser.open(at("/signup", {}, closed));
    expect([shown.status, failed(shown)]).toEqual([400, "SignUp is not permitted for this user pool"]);
    const { html } = await new Browser(hosted.url).open(at("/signup"));
    const posted = await browser.submit(
      {
        html: html.replace(/action="[^"]*"/, `action="${at("/signup", {}, closed)}"`.replace(/&/g, "&amp;")),
        url: closed.url,
      },
      { username: newEmail(), password: PASSWORD },
    );
    expect(posted.status).toBe(400);
  });

  it("asks for what the pool requires, in a field of its own, and keeps it", async () => {
    const required = await openWith({
      UsernameAttributes: [],
      AutoVerifiedAttributes: ["email"],
      Schema: [
        { Name: "email", Required: true, Mutable: true },
        { Name: "name", Required: true, Mutable: true },
        { Name: "tenant_id", AttributeDataType: "String", Mutable: true },
      ],
    });
    const browser = new Browser(required.url);
    const form = await browser.open(at("/signup", { lang: "ja" }, required));
    const labels = [...form.html.matchAll(/<label[^>]*for="([^"]+)">([^<]+)</g)].map(([, name, label]) => [
      name,
      label,
    ]);
    expect(labels).toEqual([
      ["username", "ユーザー名"],
      ["userAttributes.name", "氏名"],
      ["userAttributes.email", "メールアドレス"],
      ["password", "パスワード"],
    ]);
    const email = newEmail();
    const typed = { username: "ada", "userAttributes.email": email, "userAttributes.name": "Ada" };
    const weak = await browser.submit(form, { ...typed, password: "short" });
    expect(weak.html).toContain(`value="${email}"`);
    const done = await browser.submit(weak, { ...typed, password: PASSWORD });
    expect(title(done)).toBe("アカウントの確認");
    const { UserAttributes } = await sdk.adminGetUser({ UserPoolId: required.pool, Username: "ada" });
    expect(mapOf(UserAttributes)).toMatchObject({ email, name: "Ada" });
  });

  it("says that an administrator has to confirm where no code is sent", async () => {
    const unsent = await openWith({ AutoVerifiedAttributes: [] });
    const browser = new Browser(unsent.url);
    const form = await browser.open(at("/signup", {}, unsent));
    const shown = await browser.submit(form, { username: newEmail(), password: PASSWORD });
    expect([shown.status, told(shown)]).toEqual([
      200,
      "Your account waits for an administrator to confirm it.",
    ]);
  });

  it("needs no password where people sign in by a code", async () => {
    const passwordless = await openWith({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    });
    const browser = new Browser(passwordless.url);
    const form = await browser.open(at("/signup", {}, passwordless));
    expect(form.html).toContain("Password (if you want one)");
    const email = newEmail();
    const shown = await browser.submit(form, { username: email, password: "" });
    expect(title(shown)).toBe("Confirm your account");
    expect((await browser.submit(shown, { code: await codeFor(target, email) })).status).toBe(200);
  });

  it("links to the client's terms, in the page's language where they are in it", async () => {
    const { id: ClientId } = await createClient(target, hosted.pool, oauth);
    const constants = { TermsSource: "LINK" as const, Enforcement: "NONE" as const };
    const where = { UserPoolId: hosted.pool, ClientId, ...constants };
    const [en, ja] = [`https://${randomUUID()}.example/en`, "https://acme.example/ja"];
    await sdk.createTerms({
      ...where,
      TermsName: "terms-of-use",
      Links: { "cognito:default": en, "cognito:japanese": ja },
    });
    await sdk.createTerms({ ...where, TermsName: "privacy-policy", Links: { "cognito:default": en } });
    const linked = async (lang: string) => {
      const { html } = await newBrowser().open(at("/signup", { client_id: ClientId, lang }));
      return [...html.matchAll(/<a href="(https:[^"]*)"[^>]*>([^<]*)</g)].map(([, href, text]) => [
        href,
        text,
      ]);
    };
    expect(await linked("en")).toEqual([
      [en, "the terms of use"],
      [en, "the privacy policy"],
    ]);
    expect(await linked("ja")).toEqual([
      [ja, "利用規約"],
      [en, "プライバシーポリシー"],
    ]);
  });

  it("says nothing about who exists by sending another code, where the client hides it", async () => {
    const { id } = await createClient(target, hosted.pool, {
      ...oauth,
      PreventUserExistenceErrors: "ENABLED",
    });
    const browser = newBrowser();
    const form = await browser.open(at("/signup", { client_id: id }));
    const resend = { html: form.html.replace('action="/signup', 'action="/resendcode'), url: form.url };
    const shown = await browser.submit(resend, { username: "nobody@acme.example" });
    expect([shown.status, told(shown)]).toEqual([200, "Another code is on its way."]);
    expect(await target.messagesTo("nobody@acme.example")).toEqual([]);
  });
});
