import { Api, login } from "../support/api";
import { openSession, postToNextAuth } from "../support/browser-session";
import { noticesOn } from "../support/own-notices";
import { pressSignOut } from "../support/page";
import { fillSignIn } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("a sign-in from a browser that was not seen before is told, and from one that was, it is not", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/account");
  await fillSignIn(page, user);
  const notice = page.getByRole("listitem").filter({ hasText: t("accountNotices.new_login") });
  await expect(notice).toHaveCount(1);
  await expect(notice).toContainText(/From \u2068Chrome on \w+\u2069/);
  await pressSignOut(page);
  await page.waitForURL("**/signin");
  await page.goto("/account");
  await fillSignIn(page, user);
  await expect(page.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
  await expect(notice).toHaveCount(1);

  await openSession(stack.application.url, user.email, user.password);
  await page.reload();
  await expect(notice).toHaveCount(2);
});

test("a browser that another user was seen on is new for this one", async ({ page, stack, baseURL, t }) => {
  const tenant = newTenant();
  const [one, other] = [await newUser(stack, { tenant }), await newUser(stack, { tenant })];
  const cookies = await openSession(baseURL, one.email, one.password);
  await postToNextAuth(baseURL, "callback/password", cookies, other);
  expect(await noticesOn(page, baseURL, cookies, t)).toMatchObject([{ notice: "new_login" }]);
});

test("the same script is told of once", async ({ page, stack, baseURL, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  for (let again = 0; again < 4; again++) await login(baseURL, user.email, user.password);
  const cookies = await openSession(baseURL, user.email, user.password);
  const told = await noticesOn(page, baseURL, cookies, t);
  // The browser that looks, and the script.
  expect(told.map(({ notice }) => notice)).toEqual(["new_login", "new_login"]);
  expect(told[1]?.text).toMatch(/From \u2068node\u2069\./);
});

test("twenty sign-ins with twenty names of clients are not twenty notices", async ({
  page,
  stack,
  baseURL,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = new Api(baseURL);
  for (let i = 0; i < 20; i++) {
    expect((await api.post("/api/user/login", user, { "User-Agent": `client ${i}` })).status).toBe(200);
  }
  const cookies = await openSession(baseURL, user.email, user.password);
  const told = await noticesOn(page, baseURL, cookies, t);
  const further = told.map(({ text }) => /And (\d+) more within the hour\./.exec(text)?.[1]);
  expect(further).toEqual(["18", undefined, undefined]);
});

test("whoever belongs to no tenant signs in without one", async ({ baseURL }) => {
  await openSession(baseURL, "nobody@example.com");
});
