import type { Application } from "../../infra/local/application";
import { killApplication, type Stack } from "../../infra/local/stack";
import { AuditEvent } from "../../lib/audit/contract";
import { Api, login } from "../support/api";
import { UNKNOWN_ID } from "../support/api-contract";
import { cookieHeader, openSession } from "../support/browser-session";
import { later, withFault } from "../support/cognito-controls";
import { cookiesAt } from "../support/cookie-name";
import { expectProblem } from "../support/problem";
import { hasSharedPostgres } from "../support/shared-postgres";
import { shiftedClock } from "../support/shifted-clock";
import { refreshPastUs, signInPastUs } from "../support/sign-in-past-us";
import { expect, test } from "../support/test";
import { newMember, newTenant, newUser, type User } from "../support/users";

/** Two instances on one database, by their addresses; one and the same where there is no PostgreSQL. */
type Instances = [one: string, other: string];

/** How a caller's bearer or cookie fares at each instance, reading, and ending a session that never was. */
async function statusesOf(instances: Instances, as: (url: string) => Api): Promise<number[]> {
  const answers = instances.flatMap((url) => [
    as(url).get("/api/user/tenant"),
    as(url).delete(`/api/user/sessions/${UNKNOWN_ID}`),
  ]);
  return (await Promise.all(answers)).map(({ status }) => status);
}
const ENDED = [401, 401, 401, 401];
const GOOD = [200, 404, 200, 404];

/** Everything that somebody can be signed in by, at either instance and past both. */
async function signedIn(stack: Stack, [one, other]: Instances, user: User) {
  const { email, password } = user;
  const scripts = [await login(one, email, password), await login(other, email, password)];
  const bearers = [...scripts.map(({ access_token }) => access_token), await signInPastUs(stack, user)];
  const browsers = [await openSession(one, email, password), await openSession(other, email, password)];
  const all = [
    ...bearers.map((token) => (url: string) => new Api(url).bearer(token)),
    ...browsers.map(
      (cookies) => (url: string) =>
        new Api(url).with({ Cookie: cookieHeader(cookiesAt(url, cookies)), Origin: url }),
    ),
  ];
  return { all, scripts, refreshTokens: scripts.map(({ refresh_token }) => refresh_token) };
}

/** What somebody signs in to from now on is taken by both instances, whichever of them it was at. */
async function expectLetIn(stack: Stack, instances: Instances, user: User): Promise<void> {
  const { email, password } = user;
  for (const url of instances) {
    const { access_token, refresh_token } = await login(url, email, password);
    expect(await statusesOf(instances, (at) => new Api(at).bearer(access_token))).toEqual(GOOD);
    for (const at of instances) {
      expect((await new Api(at).post("/api/user/refresh", { refresh_token })).status).toBe(200);
    }
    const cookies = await openSession(url, email, password);
    const as = (at: string) => new Api(at).with({ Cookie: cookieHeader(cookiesAt(at, cookies)), Origin: at });
    expect(await statusesOf(instances, as)).toEqual(GOOD);
  }
  // Past both, once Cognito's second is over in which all ended.
  const past = async () => {
    const token = await signInPastUs(stack, user);
    return statusesOf(instances, (at) => new Api(at).bearer(token));
  };
  await expect.poll(past, { timeout: 5_000 }).toEqual(GOOD);
}

async function expectSignOutHolds(stack: Stack, instances: Instances): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant() });
  const { all, scripts } = await signedIn(stack, instances, user);
  for (const as of all) expect(await statusesOf(instances, as)).toEqual(GOOD);
  const [, other] = instances;
  const { access_token = "" } = scripts[0] ?? {};
  expect((await new Api(other).bearer(access_token).post("/api/user/logout")).status).toBe(200);
  for (const as of all) expect(await statusesOf(instances, as)).toEqual(ENDED);
  await expectLetIn(stack, instances, user);
  for (const as of all) expect(await statusesOf(instances, as)).toEqual(ENDED);
}

async function expectDisablingHolds(stack: Stack, instances: Instances): Promise<void> {
  const tenant = newTenant();
  const [one, other] = instances;
  const member = await newUser(stack, { tenant });
  const admin = await newUser(stack, { tenant, groups: ["admin"] });
  const { access_token } = await login(one, admin.email, admin.password);
  const { all } = await signedIn(stack, instances, member);
  const me = (await all[0]?.(one).get("/api/user/me"))?.body as { sub: string };
  const change = (url: string, status: string) =>
    new Api(url).bearer(access_token).patch(`/api/members/${me.sub}`, { status });
  expect((await change(one, "disabled")).status).toBe(200);
  for (const as of all) expect(await statusesOf(instances, as)).toEqual(ENDED);
  for (const url of instances) {
    expectProblem(await new Api(url).post("/api/user/login", member), 401, "invalid_credentials");
  }
  expect((await change(other, "enabled")).status).toBe(200);
  for (const as of all) expect(await statusesOf(instances, as)).toEqual(ENDED);
  await expectLetIn(stack, instances, member);
}

/** Cognito goes on giving tokens for refresh tokens of before: of a sign-in that has ended, with a time of after it. */
async function expectUnrevokedRefreshHolds(stack: Stack, instances: Instances): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant() });
  const { all, scripts, refreshTokens } = await signedIn(stack, instances, user);
  const [one] = instances;
  const caller = new Api(one).bearer(scripts[0]?.access_token ?? "");
  await withFault(stack, { kind: "error", target: "AdminUserGlobalSignOut" }, async () => {
    expect((await caller.post("/api/user/logout")).status).toBe(202);
    for (const [at, refresh_token] of refreshTokens.entries()) {
      const renewed = await refreshPastUs(stack, refresh_token);
      all.push((url) => new Api(url).bearer(renewed));
      const asked = await new Api(instances[at] ?? one).post("/api/user/refresh", { refresh_token });
      expectProblem(asked, 401, "session_ended");
    }
    for (const as of all) expect(await statusesOf(instances, as)).toEqual(ENDED);
    for (const url of instances) {
      const { access_token } = await login(url, user.email, user.password);
      expect(await statusesOf(instances, (at) => new Api(at).bearer(access_token))).toEqual(GOOD);
    }
  });
  await expect.poll(async () => (await caller.post("/api/user/logout")).status).toBe(200);
  for (const as of all) expect(await statusesOf(instances, as)).toEqual(ENDED);
  await expectLetIn(stack, instances, user);
}

const ENDINGS = {
  "a sign-out everywhere": expectSignOutHolds,
  "disabling a member": expectDisablingHolds,
  "a sign-out everywhere whose refresh tokens Cognito did not revoke": expectUnrevokedRefreshHolds,
};

test.describe("on two instances,", () => {
  let second: Application | undefined;
  test.beforeAll(async ({ ground }) => {
    if (hasSharedPostgres()) second = await ground.startApplication();
  });
  test.afterAll(async () => {
    if (second) await killApplication(second);
  });

  for (const [ending, expectHolds] of Object.entries(ENDINGS)) {
    for (const offset of [-60, -5, 5, 60]) {
      test(`${ending} holds with Cognito's clock ${offset} s ahead, and refuses no later sign-in`, async ({
        stack,
        baseURL,
      }) => {
        await later(stack, offset, () => expectHolds(stack, [baseURL, second?.url ?? baseURL]));
      });
    }
  }
});

for (const offset of [-60, 60]) {
  test(`what ends access holds on two instances whose clocks are ${offset} s apart`, async ({
    stack,
    ground,
    baseURL,
  }) => {
    test.skip(!hasSharedPostgres(), "Two instances need PostgreSQL.");
    test.slow();
    const second = await ground.startApplication(shiftedClock(offset));
    const began = Date.now();
    const admin = await newMember({ ...stack, application: second }, { groups: ["admin"] });
    const ended = Date.now();
    const [signIn] = AuditEvent.array().parse((await admin.get("/api/audit")).body);
    const signedIn = Date.parse(signIn?.created_at ?? "") - offset * 1_000;
    expect(signedIn, "by its clock").toBeGreaterThanOrEqual(began);
    expect(signedIn, "by its clock").toBeLessThanOrEqual(ended);
    for (const expectHolds of Object.values(ENDINGS)) await expectHolds(stack, [baseURL, second.url]);
    await killApplication(second);
  });
}
