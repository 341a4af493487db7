import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  CreateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Application, Environment } from "../../infra/local/application";
import { serverClient } from "../../infra/local/pool-shape";
import { freePort } from "../../infra/local/ports";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { killApplication } from "../../infra/local/stack";
import { startTestCognito, type TestCognito } from "../../infra/local/testing/cognito";
import { HOME } from "../../lib/home";
import { Api, login } from "../support/api";
import { cookieHeader, openSession } from "../support/browser-session";
import { withFault } from "../support/cognito-controls";
import { type Cookies, cookiesAt } from "../support/cookie-name";
import { behind } from "../support/database";
import { fillSignIn, openSessionIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser, type User, withCognito } from "../support/users";

const reason = withoutPostgres();

/** Two instances on one database, behind whom every call to Cognito is counted. */
let cognito: TestCognito;
let database: TestDatabase;
let one: Application;
let other: Application;

test.skip(reason !== null, reason ?? "");
test.beforeAll(async ({ ground }) => {
  const port = await freePort();
  cognito = await startTestCognito({ appUrl: `http://localhost:${port}` });
  database = await newDatabase();
  [one, other] = await Promise.all([
    ground.startApplication(settings(), port),
    ground.startApplication(settings()),
  ]);
});
test.afterAll(async () => {
  await Promise.all([one, other].map(killApplication));
  await cognito.close();
});

test("six open tabs stay signed in across the expiry of the access token, with one call to Cognito", async ({
  context,
  t,
}) => {
  const user = await newPerson(cognito);
  await openSessionIn(context, one.url, user);
  const tabs = await Promise.all(Array.from({ length: 6 }, () => context.newPage()));
  for (const tab of tabs) await tab.goto(one.url + HOME);
  cognito.calls = [];
  await expireTokens(user);
  // Slow enough that all of them ask before the first has been answered.
  const slow = { target: "AdminInitiateAuth", kind: "slow", delayMs: 1_500 } as const;
  await withFault({ pool: cognito.environment }, slow, () => Promise.all(tabs.map((tab) => tab.reload())));
  for (const tab of tabs) {
    await expect(tab.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
    await expect(tab).toHaveURL(one.url + HOME);
  }
  expect(refreshes()).toEqual(["AdminInitiateAuth"]);
});

test("a hundred requests at once with an expired token are all answered, with one call to Cognito, slow or not", async () => {
  const user = await newPerson(cognito);
  const cookies = await openSession(one.url, user.email, user.password);
  for (const urls of [[one.url], [one.url, other.url]]) {
    for (const delayMs of [0, 3_000]) {
      cognito.calls = [];
      await expireTokens(user);
      const slow = { target: "AdminInitiateAuth", kind: "slow", delayMs } as const;
      const outcomes = await withFault({ pool: cognito.environment }, slow, () =>
        outcomesOf(urls, cookies, 100),
      );
      expect(outcomes).toEqual({ 200: 100 });
      expect(refreshes()).toEqual(["AdminInitiateAuth"]);
    }
  }
});

for (const { name, rotates, secret, call } of [
  { name: "with rotation", rotates: true, secret: false, call: "GetTokensFromRefreshToken" },
  { name: "with rotation and a secret", rotates: true, secret: true, call: "GetTokensFromRefreshToken" },
  { name: "with a secret", rotates: false, secret: true, call: "AdminInitiateAuth" },
]) {
  test(`a client ${name} is refreshed once each time, and once more after that`, async ({ ground }) => {
    const client = await newClient(cognito, rotates, secret);
    const application = await ground.startApplication({
      ...settings(),
      ...client,
      COGNITO_REFRESH_ROTATION: rotates ? "1" : "0",
    });
    const user = await newPerson(cognito);
    const cookies = await openSession(application.url, user.email, user.password);
    for (let round = 0; round < 3; round++) {
      cognito.calls = [];
      await expireTokens(user);
      expect(await outcomesOf([application.url], cookies, 20)).toEqual({ 200: 20 });
      expect(refreshes()).toEqual([call]);
    }
    if (secret) {
      const api = new Api(application.url);
      const { refresh_token } = await login(application.url, user.email, user.password);
      const byAddress = await api.post("/api/user/refresh", { refresh_token, username: user.email });
      expect(byAddress.status, byAddress.text).toBe(200);
    }
    await killApplication(application);
  });
}

test("a session of the Hosted UI is refreshed with the web client", async ({ context, t }) => {
  const user = await newPerson(cognito);
  const page = await context.newPage();
  await page.goto(`${one.url}/signin`);
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await page.getByLabel("Email").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(one.url + HOME);
  cognito.calls = [];
  await expireTokens(user);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  expect(refreshes()).toEqual(["AdminInitiateAuth"]);
});

test("while Cognito throttles, fails or hangs, a token with time left goes on, and one without is told to wait", async () => {
  const user = await newPerson(cognito);
  const cookies = await openSession(one.url, user.email, user.password);
  const api = new Api(one.url).with({ Cookie: cookieHeader(cookies) });
  for (const weather of ["throttling", "failing", "down", "hanging"] as const) {
    cognito.weather = weather;
    await expireTokens(user, 30);
    expect((await api.get("/api/user/tenant")).status, weather).toBe(200);
    await expireTokens(user);
    expectProblem(await api.get("/api/user/tenant"), 503, "cognito_unavailable");
    cognito.weather = "fine";
    await expireTokens(user);
    expect((await api.get("/api/user/tenant")).status, weather).toBe(200);
  }
});

test("a page that cannot be shown for Cognito's troubles says so, and is shown once they are over", async ({
  context,
  t,
}) => {
  const user = await newPerson(cognito);
  await openSessionIn(context, one.url, user);
  const page = await context.newPage();
  await expireTokens(user);
  cognito.weather = "throttling";
  await page.goto(one.url + HOME);
  await expect(page.getByText("You are still signed in. Try again in a minute.")).toBeVisible();
  cognito.weather = "fine";
  await expireTokens(user);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
});

test("when Cognito refuses the refresh token one is signed out politely, and signing in leads back", async ({
  context,
}) => {
  const user = await newPerson(cognito, ["admin"]);
  await openSessionIn(context, one.url, user);
  const page = await context.newPage();
  await page.goto(one.url + HOME);
  await administer(cognito, user, AdminDisableUserCommand);
  await expireTokens(user);
  const place = `${one.url}/members?status=invited`;
  await page.goto(place);
  await expect(page.getByText("Your session has ended. Sign in to go on where you were.")).toBeVisible();
  expect(await behind(database, "select id from sessions where sub = $1", [user.sub])).toEqual([]);
  await administer(cognito, user, AdminEnableUserCommand);
  await fillSignIn(page, user);
  await expect(page).toHaveURL(place);
});

test("a session past its absolute or its idle limit is over", async () => {
  for (const [column, limit] of [
    ["created_at", "12 hours"],
    ["last_seen_at", "2 hours"],
  ] as const) {
    const user = await newPerson(cognito);
    const cookies = await openSession(one.url, user.email, user.password);
    const api = new Api(one.url).with({ Cookie: cookieHeader(cookies) });
    const shift = (by: string) =>
      behind(database, `update sessions set ${column} = now() - interval '${by}' where sub = $1`, [user.sub]);
    await shift(`${limit} -60 seconds`);
    expect((await api.get("/api/user/tenant")).status, column).toBe(200);
    await shift(`${limit} 1 second`);
    expectProblem(await api.get("/api/user/tenant"), 401, "session_ended");
  }
});

/** `sub`: Cognito's own name for them, by which sessions are kept. */
type Person = User & { sub: string };

async function newPerson({ environment }: TestCognito, groups = ["member"]): Promise<Person> {
  const pool = { pool: environment };
  const user = await newUser(pool, { tenant: newTenant(), groups });
  const { Username = "" } = await withCognito(pool, (client, UserPoolId) =>
    client.send(new AdminGetUserCommand({ UserPoolId, Username: user.email })),
  );
  return { ...user, sub: Username };
}

/** Whose tenant somebody is in is asked once a minute besides, and on a busy machine a test takes longer. */
const refreshes = () => cognito.calls.filter((call) => call !== "AdminGetUser");

/** The session's access token has this many seconds left; nobody is refreshing it, nobody pauses. */
async function expireTokens({ sub }: Person, secondsLeft = -1): Promise<void> {
  await behind(
    database,
    `update sessions set tokens_expire_at = now() + make_interval(secs => $1),
       refreshing_until = now() - interval '1 second' where sub = $2`,
    [secondsLeft, sub],
  );
}

/** How many of so many requests at once were answered how: by status, and by code where they were refused. */
async function outcomesOf(urls: string[], cookies: Cookies, count: number): Promise<Record<string, number>> {
  const askFrom = (url: string) =>
    new Api(url).get("/api/user/tenant", { Cookie: cookieHeader(cookiesAt(url, cookies)) });
  const requests = Array.from({ length: count }, (_, i) => askFrom(urls[i % urls.length] ?? ""));
  const outcomes: Record<string, number> = {};
  for (const { status, body } of await Promise.all(requests)) {
    const outcome =
      status === 200 ? "200" : `${status} ${JSON.stringify(body)}`.replace(/"request_id".*/, "");
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return outcomes;
}

function settings(): Environment {
  return { ...cognito.environment, DATABASE_URL: database.appUrl };
}

/** One more client of the pool, as the application's settings name it. */
async function newClient(cognito: TestCognito, rotates: boolean, secret: boolean): Promise<Environment> {
  const made = await withCognito({ pool: cognito.environment }, (client, poolId) => {
    const shape = serverClient(poolId, {});
    const flows = shape.ExplicitAuthFlows?.filter((flow) => !rotates || flow !== "ALLOW_REFRESH_TOKEN_AUTH");
    return client.send(
      new CreateUserPoolClientCommand({
        ...shape,
        ClientName: `server-${crypto.randomUUID()}`,
        GenerateSecret: secret,
        ...(flows && { ExplicitAuthFlows: flows }),
        ...(rotates && { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 } }),
      }),
    );
  });
  return {
    COGNITO_APP_CLIENT_ID: made.UserPoolClient?.ClientId,
    COGNITO_APP_CLIENT_SECRET: made.UserPoolClient?.ClientSecret,
  };
}

async function administer(
  { environment }: TestCognito,
  { email }: User,
  Command: typeof AdminDisableUserCommand | typeof AdminEnableUserCommand,
): Promise<void> {
  await withCognito({ pool: environment }, (client, UserPoolId) =>
    client.send(new Command({ UserPoolId, Username: email })),
  );
}
