import { join } from "node:path";
import { freePort } from "../../infra/local/ports";
import { killApplication } from "../../infra/local/stack";
import { HOME } from "../../lib/home";
import { Api } from "../support/api";
import { turnOnAuthenticator } from "../support/authenticator";
import { later, withFault } from "../support/cognito-controls";
import { fillHostedSignIn, goToHostedUi, hostedWords, signInHosted } from "../support/hosted-sign-in";
import { newestCode } from "../support/mailbox";
import { pressSignOut } from "../support/page";
import { apiIn, apiOf, signOutEverywhere } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("whoever signs in on Cognito's own page comes back to where they were going", async ({
  page,
  stack,
  t,
  locale,
}) => {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  await page.goto("/audit?outcome=refused");
  await goToHostedUi(page);
  expect(new URL(page.url()).origin).toBe(stack.pool.COGNITO_DOMAIN);
  await expect(page.locator("html")).toHaveAttribute("lang", String(locale));
  await expect(page.getByRole("main")).toContainText("Sekisho");
  await fillHostedSignIn(page, user);
  await expect(page).toHaveURL("/audit?outcome=refused");
  await page.goto("/account");
  await expect(page.getByRole("listitem").filter({ hasText: t("account.thisOne") })).toContainText(
    t("account.hostedUi"),
  );
});

test("signing out of such a session is complete: coming back asks for the password again", {
  tag: ONCE,
}, async ({ page, context, stack, baseURL, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await signInHosted(page, user);
  await pressSignOut(page);
  await expect(page).toHaveURL(`${baseURL}/signin`);
  await goToHostedUi(page);
  await expect(page.getByLabel(hostedWords(page).password)).toBeVisible();

  await fillHostedSignIn(page, user);
  await expect(page).toHaveURL(HOME);
  // What would happen if only our own session ended.
  await context.clearCookies({ domain: "localhost" });
  await page.goto("/signin");
  await page.getByRole("button", { name: t("signin.hosted") }).click();
  await expect(page).toHaveURL(HOME);
});

test("signing out everywhere from such a session is as complete", { tag: ONCE }, async ({
  page,
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await signInHosted(page, user);
  await signOutEverywhere(page);
  await expect(page).toHaveURL(`${baseURL}/signin`);
  await goToHostedUi(page);
  await expect(page.getByLabel(hostedWords(page).password)).toBeVisible();
});

test("Cognito's own pages ask for a new password and for the second factor", async ({
  page,
  browser,
  baseURL,
  stack,
}) => {
  const fresh = await newUser(stack, { tenant: newTenant(), temporary: true });
  await page.goto("/signin");
  await goToHostedUi(page);
  await fillHostedSignIn(page, fresh);
  await page.getByLabel(hostedWords(page).newPassword).fill(`New-${fresh.password}`);
  await page.getByRole("button", { name: hostedWords(page).next }).click();
  await expect(page).toHaveURL(HOME);

  const careful = await newUser(stack, { tenant: newTenant() });
  const app = await turnOnAuthenticator(await apiOf(stack, careful), careful);
  const other = await browser.newPage({ baseURL });
  // Turning the app on ended what was signed in, to the second: a moment later, as a person would.
  await later(stack, 2, async () => {
    await other.goto("/signin");
    await goToHostedUi(other);
    await fillHostedSignIn(other, careful);
    await other.getByLabel(hostedWords(other).code).fill(app.code());
    await other.getByRole("button", { name: hostedWords(other).next }).click();
    await expect(other).toHaveURL(HOME);
  });
});

test("when Cognito cannot be reached, the way to its page says so", { tag: ONCE }, async ({
  browser,
  ground,
  t,
}) => {
  const url = `http://localhost:${await freePort()}`;
  // An application that has not asked for Cognito's addresses yet.
  const application = await ground.startApplication(
    { DATA_DIR: join(ground.dataDir, "unreachable") },
    Number(new URL(url).port),
  );
  const page = await browser.newPage({ baseURL: url });
  await page.goto("/signin?callbackUrl=/account");
  await withFault(ground, { target: "openid-configuration", kind: "reset" }, async () => {
    await page.getByRole("button", { name: t("signin.hosted") }).click();
    await expect(page.getByText(t("errors.cognito_unavailable"))).toBeVisible();
  });
  await killApplication(application);
});

test("such a session changes no factor, whatever password it says", { tag: ONCE }, async ({
  page,
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const { password } = user;
  await signInHosted(page, user);
  const api = await apiIn(page, baseURL);
  for (const [method, path, json] of [
    ["POST", "/api/user/totp", { password }],
    ["POST", "/api/user/totp/verify", { code: "123456", password }],
    ["DELETE", "/api/user/totp", { password }],
    ["PATCH", "/api/user/mfa-preference", { preferred: "SMS_MFA", password }],
    ["POST", "/api/user/change-password", { old_password: password, new_password: "Chosen-Passw0rd!" }],
  ] as const) {
    expectProblem(await api.send(method, path, { json }), 409, "conflict");
  }
});

test("Cognito's own cookie of before a password was recovered opens nothing after it", { tag: ONCE }, async ({
  page,
  stack,
  baseURL,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await signInHosted(page, user);
  const api = new Api(baseURL);
  await api.post("/api/user/forgot-password", { email: user.email });
  const code = await newestCode(stack, user.email);
  const reset = { email: user.email, code, new_password: "Chosen-Passw0rd!" };
  expect((await api.post("/api/user/reset-password", reset)).status).toBe(200);

  await page.goto(HOME);
  await expect(page).toHaveURL(/\/signin/);
  await page.getByRole("button", { name: t("signin.hosted") }).click();
  // By way of Cognito's sign-out, which clears it.
  await expect(page).toHaveURL(`${baseURL}/signin`);
  // What was signed in by Cognito's cookie has ended to the second.
  await later(stack, 2, async () => {
    await goToHostedUi(page);
    await fillHostedSignIn(page, { ...user, password: "Chosen-Passw0rd!" });
    await expect(page).toHaveURL(HOME);
  });
});
