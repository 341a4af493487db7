import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CreateUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import { TestBrowser } from "@sekisho/local-cognito/testing";
import { webClient } from "../../infra/local/pool-shape";
import { freePort } from "../../infra/local/ports";
import { killApplication, type Stack } from "../../infra/local/stack";
import { HOME } from "../../lib/home";
import { cookieHeader, keepCookies, postToNextAuth } from "../support/browser-session";
import { withFault } from "../support/cognito-controls";
import { type Cookies, cookieNameAt } from "../support/cookie-name";
import { signInHosted } from "../support/hosted-sign-in";
import { pressSignOut } from "../support/page";
import { expect, test } from "../support/test";
import { newTenant, newUser, type User, withCognito } from "../support/users";

test("a web client with a secret signs in as well", async ({ browser, ground }) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const client = await withCognito(ground, (cognito, poolId) => {
    const wanted = {
      ...webClient(poolId, { appUrl: url }),
      ClientName: "web with a secret",
      GenerateSecret: true,
    };
    return cognito.send(new CreateUserPoolClientCommand(wanted));
  });
  const environment = {
    COGNITO_WEB_CLIENT_ID: client.UserPoolClient?.ClientId,
    COGNITO_WEB_CLIENT_SECRET: client.UserPoolClient?.ClientSecret,
    DATA_DIR: join(ground.dataDir, "confidential"),
  };
  const application = await ground.startApplication(environment, port);
  const page = await browser.newPage({ baseURL: url });
  await signInHosted(page, await newUser(ground, { tenant: newTenant() }));
  await pressSignOut(page);
  await expect(page).toHaveURL(`${url}/signin`);
  expect(environment.COGNITO_WEB_CLIENT_SECRET?.length).toBeGreaterThan(20);
  expect(application.output()).not.toContain(environment.COGNITO_WEB_CLIENT_SECRET);
  await killApplication(application);
});

test.describe("an answer of the Hosted UI", () => {
  test("that this browser did not ask for, or asked for differently, opens no session", async ({
    stack,
    baseURL,
  }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const { answer } = await askHostedUi(stack, user);
    const code = answer.searchParams.get("code") ?? "";
    expect(code.length).toBeGreaterThan(20);
    const anothers = (await askHostedUi(stack, user)).answer.searchParams.get("state") ?? "";
    for (const query of [
      { code },
      { code, state: "made-up" },
      { code, state: "" },
      { code, state: anothers },
      {},
    ]) {
      const { cookies } = await askHostedUi(stack, user);
      const forged = new URL(`${baseURL}/api/auth/callback/cognito?${new URLSearchParams(query)}`);
      await expectRefused(forged, cookies);
      await expectRefused(forged, new Map());
    }
  });

  test("is of no use in another browser, and of use once in its own", async ({ stack, baseURL }) => {
    const [victim, attacker] = [
      await newUser(stack, { tenant: newTenant() }),
      await newUser(stack, { tenant: newTenant() }),
    ];
    const { answer, cookies } = await askHostedUi(stack, victim);
    await expectRefused(answer, new Map());
    // Not even with the state of a sign-in of their own: the code belongs to the other's verifier.
    const own = await askHostedUi(stack, attacker);
    const mixed = new URL(own.answer);
    mixed.searchParams.set("code", answer.searchParams.get("code") ?? "");
    await expectRefused(mixed, own.cookies);

    const second = await askHostedUi(stack, victim);
    expect(await openAnswer(second.answer, second.cookies)).toBe(baseURL + HOME);
    expect(second.cookies.has(cookieNameAt(baseURL, "session"))).toBe(true);
    const spent: Cookies = new Map([...second.asked, ...cookies]);
    await expectRefused(second.answer, spent);
    await expectRefused(second.answer, new Map(second.asked));
  });

  test("with another nonce, or for another code verifier, opens no session", async ({ stack }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    for (const parameter of ["nonce", "code_challenge", "state"]) {
      const { answer, cookies } = await askHostedUi(stack, user, ({ searchParams }) => {
        expect(searchParams.get(parameter)?.length).toBeGreaterThan(20);
        searchParams.set(parameter, "a".repeat(43));
      });
      await expectRefused(answer, cookies);
    }
  });

  test("that says no, or cannot be exchanged, is told in words", async ({
    page,
    context,
    stack,
    baseURL,
  }) => {
    const unfinished = page.getByText("Signing in on the other page did not come to an end. Try again.");
    const words = `canary-${randomUUID()}`;
    await page.goto(`/api/auth/callback/cognito?error=access_denied&error_description=${words}`);
    await expect(unfinished).toBeVisible();
    expect(stack.application.output()).toContain('"reason":"access_denied"');
    expect(stack.application.output()).not.toContain(words);
    const { answer, cookies } = await askHostedUi(stack, await newUser(stack, { tenant: newTenant() }));
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: baseURL })));
    await withFault(stack, { target: "/oauth2/token", kind: "error" }, () => page.goto(answer.href));
    await expect(unfinished).toBeVisible();
    await expect(page).toHaveURL(/\/signin\?/);
    await expect(page.getByRole("button", { name: "Continue with single sign-on" })).toBeEnabled();
  });
});

type Asked = {
  /** Where the Hosted UI sends the browser back to; it has not been opened yet. */
  answer: URL;
  /** Of the browser that asked. */
  cookies: Cookies;
  /** The same as they were before the answer. */
  asked: Cookies;
};

/** Asks for a sign-in on the Hosted UI and completes it there, without a browser. */
async function askHostedUi(
  { application, pool }: Stack,
  user: User,
  change: (authorize: URL) => void = () => {},
): Promise<Asked> {
  const cookies: Cookies = new Map();
  const asked = await postToNextAuth(application.url, "signin/cognito", cookies, { callbackUrl: HOME });
  const { url }: { url: string } = await asked.json();
  const authorize = new URL(url);
  change(authorize);
  const browser = new TestBrowser(pool.COGNITO_DOMAIN);
  const form = await browser.open(authorize);
  const { left } = await browser.submit(form, { username: user.email, password: user.password });
  if (!left) throw new Error("The Hosted UI did not send the browser back.");
  return { answer: left, cookies, asked: new Map(cookies) };
}

/** Opens the answer in a browser with these cookies. @returns where it leads. */
async function openAnswer(answer: URL, cookies: Cookies): Promise<string | null> {
  const opened = await fetch(answer, { redirect: "manual", headers: { Cookie: cookieHeader(cookies) } });
  keepCookies(opened, cookies);
  expect(opened.status).toBe(302);
  return opened.headers.get("location");
}

async function expectRefused(answer: URL, cookies: Cookies): Promise<void> {
  let location = await openAnswer(answer, cookies);
  if (location?.includes("/api/auth/error")) location = await openAnswer(new URL(location), cookies);
  expect(location, answer.search).toMatch(/\/signin\?error=(OAuthCallback|Callback)$/);
  expect(cookies.has(cookieNameAt(answer.href, "session")), answer.search).toBe(false);
}
