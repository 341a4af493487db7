import { Alert } from "../../../lib/alerts/contract";
import { Api, login } from "../../support/api";
import { openSession, postToNextAuth } from "../../support/browser-session";
import { fillSignIn } from "../../support/person";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newTenant, newUser } from "../../support/users";

const TITLE = "New login detected";

test("a sign-in from a browser that was not seen before raises an alert, and from one that was, none", async ({
  page,
  stack,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/alerts");
  await fillSignIn(page, user);
  const alert = page.getByRole("listitem").filter({ hasText: TITLE });
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText(/From \u2068Chrome on \w+\u2069\./);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/signin");
  await page.goto("/alerts");
  await fillSignIn(page, user);
  await expect(page.getByRole("heading", { name: "Alerts" })).toBeVisible();
  await expect(alert).toHaveCount(1);

  await openSession(stack.application.url, user.email, user.password);
  await page.reload();
  await expect(alert).toHaveCount(2);
});

test("a browser that another user was seen on is new for this one", async ({ stack, baseURL }) => {
  const tenant = newTenant();
  const [one, other] = [await newUser(stack, { tenant }), await newUser(stack, { tenant })];
  const cookies = await openSession(baseURL, one.email, one.password);
  await postToNextAuth(baseURL, "callback/password", cookies, other);
  expect(await newLogins(await signedIn(baseURL, other))).toHaveLength(2); // The browser, and this script.
});

test("the same script is told of once", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = await signedIn(baseURL, user);
  for (let again = 0; again < 3; again++) await login(baseURL, user.email, user.password);
  expect(await newLogins(api)).toMatchObject([{ detail: "From node, address unknown.", status: "open" }]);
});

test("twenty sign-ins with twenty names of clients are not twenty alerts", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = new Api(baseURL);
  for (let i = 0; i < 20; i++) {
    expect((await api.post("/api/user/login", user, { "User-Agent": `client ${i}` })).status).toBe(200);
  }
  const told = await newLogins(await signedIn(baseURL, user));
  expect(told.map(({ facts }) => facts?.further)).toEqual(["18", undefined, undefined]);
});

test("nobody but the application can say it", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = await signedIn(baseURL, user);
  const [own] = await newLogins(api);
  const { title, detail, notice, facts } = Alert.parse(own);
  const forged = { title, detail, severity: "info" };
  for (const more of [
    { notice },
    { facts },
    { audience: "owner" },
    { source: "Ｓign in" },
    { source: "sign-in" },
  ]) {
    expectProblem(await api.post("/api/alerts", { ...forged, ...more }), 400, "invalid_request");
  }
  const raised = await api.post("/api/alerts", forged);
  expect(raised.body).toMatchObject({ title, detail, notice: null, facts: null, source: "manual" });
});

test("it is for the user and the tenant's administrators, and for no colleague to see or change", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const [owner, colleague, admin, stranger] = await Promise.all([
    newUser(stack, { tenant }),
    newUser(stack, { tenant }),
    newUser(stack, { tenant, groups: ["admin"] }),
    newUser(stack, { tenant: newTenant(), groups: ["admin"] }),
  ]);
  const [alert] = await newLogins(await signedIn(baseURL, owner));
  const path = `/api/alerts/${alert?.id}`;
  for (const user of [colleague, stranger]) {
    const api = await signedIn(baseURL, user);
    expect((await newLogins(api)).map(({ id }) => id)).not.toContain(alert?.id);
    expectProblem(await api.get(path), 404, "not_found");
    expectProblem(await api.patch(path, { status: "resolved" }), 404, "not_found");
  }
  for (const user of [admin, owner]) {
    const api = await signedIn(baseURL, user);
    expect((await newLogins(api)).map(({ id }) => id)).toContain(alert?.id);
    expect((await api.get(path)).body).toEqual(alert);
  }
  const done = await (await signedIn(baseURL, admin)).patch(path, { status: "acknowledged" });
  expect(done.body).toMatchObject({ status: "acknowledged" });
});

test("whoever belongs to no tenant signs in without one", async ({ baseURL }) => {
  await openSession(baseURL, "nobody@example.com");
});

async function signedIn(url: string, { email, password }: { email: string; password: string }): Promise<Api> {
  return new Api(url).bearer((await login(url, email, password)).access_token);
}

async function newLogins(api: Api) {
  const all = Alert.array().parse((await api.get("/api/alerts")).body);
  return all.filter(({ title }) => title === TITLE);
}
