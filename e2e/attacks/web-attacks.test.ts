import type { Page } from "@playwright/test";
import { FEATURES } from "../../lib/features";
import { HOME } from "../../lib/home";
import { Api } from "../support/api";
import { ApiContract, exampleOf } from "../support/api-contract";
import { turnOnAuthenticator } from "../support/authenticator";
import { cookieHeader, keepCookies, openSession, postToNextAuth } from "../support/browser-session";
import { type Cookies, cookieNameAt } from "../support/cookie-name";
import { addressOfRow, rowsIn } from "../support/feature-matrix";
import { holdingsOf } from "../support/holdings";
import { apiOf, fillSignIn, openSessionIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const ELSEWHERE = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "https:evil.example",
  "@evil.example",
  "evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  " //evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "%2f%2fevil.example",
  "%5c%5cevil.example",
  "http://localhost@evil.example",
  "http://[",
  "",
];
const NEXTAUTH_POSTS = [
  "callback/password",
  "callback/challenge",
  "callback/passkey",
  "signin/cognito",
  "signin/password",
  "signin/passkey",
  "signout",
  "session",
  "_log",
];

test.describe("an address to come back to that is not ours", () => {
  test("leads nowhere but to our own pages, on the sign-in page and in the middle of signing in", async ({
    page,
    stack,
    baseURL,
  }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const fresh = await newUser(stack, { tenant: newTenant(), temporary: true });
    const api = new Api(baseURL);
    const [signedIn, waiting]: [Cookies, Cookies] = [
      await openSession(baseURL, user.email, user.password),
      new Map(),
    ];
    await postToNextAuth(baseURL, "callback/password", waiting, fresh);
    for (const callbackUrl of ELSEWHERE) {
      const query = new URLSearchParams({ callbackUrl });
      const there = await api.get(`/signin?${query}`, { Cookie: cookieHeader(signedIn) });
      expect([there.status, there.headers.get("location")], callbackUrl).toEqual([307, HOME]);
      const step = await api.get(`/challenge?${query}`, { Cookie: cookieHeader(waiting) });
      expect(step.status, callbackUrl).toBe(200);
      expect(targetsIn(step.text), callbackUrl).toContain(`callbackUrl\\":\\"${HOME}`);
      expect(targetsIn(step.text), callbackUrl).not.toMatch(/evil|javascript|data:/);
      const none = await api.get(`/challenge?${query}`);
      expect(none.headers.get("location"), callbackUrl).toBe(
        `/signin?callbackUrl=${encodeURIComponent(HOME)}&error=challenge_expired`,
      );
    }
    await page.goto(`/signin?${new URLSearchParams({ callbackUrl: "//evil.example" })}`);
    await fillSignIn(page, user);
    await expect(page).toHaveURL(HOME);
  });

  test("is not followed by NextAuth either, signing in, signing out or coming from elsewhere", async ({
    stack,
    baseURL,
  }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    for (const callbackUrl of ELSEWHERE) {
      const answers: [string, Response][] = [];
      const cookies: Cookies = new Map();
      answers.push([
        "in",
        await postToNextAuth(baseURL, "callback/password", cookies, { ...user, callbackUrl }),
      ]);
      answers.push(["out", await postToNextAuth(baseURL, "signout", cookies, { callbackUrl })]);
      const query = new URLSearchParams({ callbackUrl });
      for (const path of [
        "signin",
        "signout",
        "error",
        "callback/cognito",
        "signin/cognito",
        "verify-request",
      ]) {
        const answer = await fetch(`${baseURL}/api/auth/${path}?${query}`, { redirect: "manual" });
        answers.push([path, answer]);
      }
      for (const [name, answer] of answers) {
        const text = await answer.text();
        expect(answer.status, `${name} ${callbackUrl}: ${text.slice(0, 200)}`).toBeLessThan(500);
        const url = /^\{/.test(text) ? JSON.parse(text).url : undefined;
        for (const target of [answer.headers.get("location"), url]) {
          if (typeof target !== "string") continue;
          expect(new URL(target, baseURL).origin, `${name} ${callbackUrl}`).toBe(baseURL);
        }
        for (const line of answer.headers.getSetCookie().filter((each) => /callback=/.test(each))) {
          const value = decodeURIComponent(/=([^;]*)/.exec(line)?.[1] ?? "");
          if (value !== "") expect(new URL(value, baseURL).origin, `${name} ${callbackUrl}`).toBe(baseURL);
        }
      }
    }
  });

  test("is refused by NextAuth when it is too long to be carried", async ({ baseURL }) => {
    const long = `/members?q=${"x".repeat(3_000)}`;
    for (const action of ["signin", "csrf", "session", "error"]) {
      const query = new URLSearchParams({ callbackUrl: long });
      const answer = await new Api(baseURL).get(`/api/auth/${action}?${query}`);
      expect([answer.status, JSON.stringify([...answer.headers]).length < 2_000], action).toEqual([
        400,
        true,
      ]);
    }
  });

  test("is not put into the way to the Hosted UI and back", async ({ baseURL }) => {
    for (const callbackUrl of ELSEWHERE) {
      const answer = await postToNextAuth(baseURL, "signin/cognito", new Map(), { callbackUrl });
      expect(answer.status, callbackUrl).toBe(200);
      const { searchParams } = new URL((await answer.json()).url);
      expect(searchParams.get("redirect_uri")).toBe(`${baseURL}/api/auth/callback/cognito`);
    }
  });
});

test.describe("a post to NextAuth", () => {
  test("from another page than ours is refused, whatever it brings", async ({ stack, baseURL }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const cookies = await openSession(baseURL, user.email, user.password);
    const form = new URLSearchParams({
      ...user,
      answer: "x",
      csrfToken: await csrfToken(baseURL, cookies),
      json: "true",
    });
    for (const action of NEXTAUTH_POSTS) {
      for (const headers of foreign(baseURL)) {
        const answer = await new Api(baseURL).send("POST", `/api/auth/${action}`, {
          raw: form,
          headers: {
            ...headers,
            Cookie: cookieHeader(cookies),
            "Content-Type": "application/x-www-form-urlencoded",
          },
        });
        expect(
          [answer.status, answer.headers.getSetCookie()],
          `${action} ${JSON.stringify(headers)}`,
        ).toEqual([action === "_log" ? 404 : 403, []]);
      }
    }
    const still = await new Api(baseURL).get("/api/user/tenant", { Cookie: cookieHeader(cookies) });
    expect(still.status).toBe(200);
  });

  test("without a token, with a made-up one or another browser's does nothing", async ({
    stack,
    baseURL,
  }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const session = await openSession(baseURL, user.email, user.password);
    const others: Cookies = new Map();
    const tokens = [undefined, "", "a".repeat(64), await csrfToken(baseURL, others)];
    for (const csrf of tokens) {
      for (const [action, cookies] of [
        ["callback/password", new Map()],
        ["callback/challenge", new Map()],
        ["signout", new Map(session)],
      ] as [string, Cookies][]) {
        await csrfToken(baseURL, cookies);
        const answer = await fetch(`${baseURL}/api/auth/${action}`, {
          method: "POST",
          redirect: "manual",
          headers: { Cookie: cookieHeader(cookies), Origin: baseURL },
          body: new URLSearchParams({
            ...user,
            answer: "x",
            ...(csrf !== undefined && { csrfToken: csrf }),
            json: "true",
          }),
        });
        const names = answer.headers.getSetCookie().map((line) => line.split("=")[0]);
        expect(names, `${action} ${csrf}`).not.toContain(cookieNameAt(baseURL, "session"));
      }
    }
    expect((await new Api(baseURL).get("/api/user/tenant", { Cookie: cookieHeader(session) })).status).toBe(
      200,
    );
  });
});

test.describe("a write with the session cookie", () => {
  test("is refused unless it is JSON from a page of ours", async ({ stack, baseURL }) => {
    // An operator who is an administrator at home: nothing is forbidden before it is looked at where it comes from.
    const user = await newUser(stack, { tenant: newTenant(), groups: ["admin", "operator"] });
    const cookies = await openSession(baseURL, user.email, user.password);
    const api = new Api(baseURL).with({ Cookie: cookieHeader(cookies) });
    const [session] = (await api.get("/api/user/sessions")).body as { id: string }[];
    const rows = await rowsIn(await apiOf(stack, user), "own");
    const contract = await ApiContract.of(baseURL);
    const before = await holdingsOf(api);
    expect(before).toContain(user.email);
    for (const { name, operations } of FEATURES) {
      for (const { id, method, path, access } of Object.values(operations)) {
        if (method === "GET" || access === "public") continue;
        const address = addressOfRow(path, rows.get(name) ?? { id: session?.id ?? "", inner: "" });
        const body = exampleOf(contract.operation(id));
        const raw = JSON.stringify(body ?? {});
        for (const headers of foreign(baseURL)) {
          expectProblem(await api.send(method, address, { raw, headers }), 403, "cross_origin");
        }
        if (!body) continue;
        for (const type of [
          "application/x-www-form-urlencoded",
          "text/plain",
          "multipart/form-data; boundary=x",
        ]) {
          const headers = { "Content-Type": type, Origin: baseURL };
          expectProblem(await api.send(method, address, { raw, headers }), 415, "unsupported_media_type");
        }
      }
    }
    expect(await holdingsOf(api)).toBe(before);
    const left = (await api.get("/api/user/sessions")).body as { id: string }[];
    expect(left.map(({ id }) => id)).toEqual([session?.id]);
  });

  test("is not done by GET", async ({ stack, baseURL }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const cookies = await openSession(baseURL, user.email, user.password);
    const api = new Api(baseURL).with({ Cookie: cookieHeader(cookies) });
    for (const path of ["logout", "change-password", "totp", "totp/verify", "login", "forgot-password"]) {
      expect((await api.get(`/api/user/${path}`)).status, path).toBe(405);
    }
    for (const path of ["callback/password", "callback/challenge"]) {
      expectProblem(await api.get(`/api/auth/${path}?email=${user.email}`), 404, "not_found");
    }
    for (const path of ["signout", "signin/cognito"]) {
      const answer = await api.get(`/api/auth/${path}?email=${user.email}&password=${user.password}`);
      expect(answer.status, path).toBeLessThan(500);
    }
    expect((await api.get("/api/user/tenant")).status).toBe(200);
  });
});

test("no token reaches the browser from the account, the steps of a sign-in or a forgotten password", async ({
  browser,
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const app = await turnOnAuthenticator(await apiOf(stack, user), user);
  const page = await browser.newPage({ baseURL });
  const leaks = recordTokens(page);
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await page.getByLabel("Code from the mail").waitFor();
  await page.goto("/account");
  await fillSignIn(page, user);
  await page.getByRole("textbox", { name: "Code" }).fill(app.code());
  await page.getByRole("button", { name: "Continue" }).click();
  const confirm = async (name: string) => {
    await page.getByLabel("Your password", { exact: true }).fill(user.password);
    await page.getByRole("button", { name }).click();
  };
  await page.getByRole("button", { name: "Turn off the authenticator app" }).click();
  await confirm("Turn off the authenticator app");
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await confirm("Go on");
  await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
  const other = await browser.newContext({ baseURL, userAgent: "Other" });
  await openSessionIn(other, baseURL, user);
  await page.reload();
  await page.getByRole("button", { name: /^End the session/ }).click();
  await expect(page.getByRole("button", { name: /^End the session/ })).toHaveCount(0);
  expect(await leaks()).toEqual([]);
});

/** What a page of another site, or no page at all, sends along. */
function foreign(baseURL: string): Record<string, string>[] {
  return [
    {},
    { Origin: "null" },
    { Origin: "https://evil.example" },
    { Origin: `${baseURL}.evil.example` },
    { Origin: baseURL.replace(/:\d+$/, ":1") },
    { Origin: baseURL, "Sec-Fetch-Site": "cross-site" },
    { Origin: baseURL, "Sec-Fetch-Site": "same-site" },
    { Referer: baseURL + HOME },
  ];
}

async function csrfToken(url: string, cookies: Cookies): Promise<string> {
  const answer = await fetch(`${url}/api/auth/csrf`, { headers: { Cookie: cookieHeader(cookies) } });
  return (await keepCookies(answer, cookies).json()).csrfToken;
}

/** Every address that a page leads to: its links, and the target that is handed to its scripts. */
function targetsIn(html: string): string {
  return (html.match(/(?:href|action)="[^"]*"|callbackUrl\\":\\"[^\\]*/g) ?? []).join("\n");
}

/** Everything that a page receives and that looks like a token. */
function recordTokens(page: Page): () => Promise<string[]> {
  const bodies: Promise<string | null>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/_next/static/")) return;
    bodies.push(
      response.text().then(
        (text) => (/eyJ/.test(text) ? response.url() : null),
        // A redirect has no body, and one of a page that was left is gone.
        () => null,
      ),
    );
  });
  return async () => (await Promise.all(bodies)).filter((url) => url !== null);
}
