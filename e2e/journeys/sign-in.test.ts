import { HOME } from "../../lib/home";
import { hold } from "../support/hold";
import { fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("a wrong password and an unknown user hear the same, and what was typed as e-mail stays", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin");
  const heard: (string | null)[] = [];
  for (const email of [user.email, "nobody-knows@acme.example"]) {
    await fillSignIn(page, { email, password: "Wr0ng!password" });
    await expect(page.getByRole("button", { name: t("signin.title") })).toBeEnabled();
    heard.push(
      await page
        .getByRole("alert")
        .filter({ hasText: t("errors.invalid_credentials") })
        .textContent(),
    );
    await expect(page.getByLabel(t("forms.email"))).toHaveValue(email);
    await expect(page.getByLabel(t("forms.password"), { exact: true })).toBeFocused();
  }
  expect(heard).toEqual([t("errors.invalid_credentials"), t("errors.invalid_credentials")]);
  await fillSignIn(page, user);
  await expect(page).toHaveURL(HOME);
});

test("what is missing or misspelt is said beside its field, and nothing is sent", async ({ page, t }) => {
  const requests = await hold(page, "/api/auth/callback/password*");
  await page.goto("/signin");
  const [email, password] = [
    page.getByLabel(t("forms.email")),
    page.getByLabel(t("forms.password"), { exact: true }),
  ];
  await page.getByRole("button", { name: t("signin.title") }).click();
  await expect(email).toHaveAccessibleDescription(t("signin.noEmail"));
  await expect(password).toHaveAccessibleDescription(t("signin.noPassword"));
  await expect(email).toBeFocused();

  await fillSignIn(page, { email: "bob", password: "x" });
  await expect(email).toHaveAccessibleDescription(t("faults.not_an_email"));
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(password).not.toHaveAttribute("aria-invalid");
  expect(requests.count()).toBe(0);
});

test("an address is remembered on this device by choice alone, until that is taken back", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const [email, password, remember] = [
    page.getByLabel(t("forms.email")),
    page.getByLabel(t("forms.password"), { exact: true }),
    page.getByRole("checkbox", { name: t("signin.remember") }),
  ];
  const comeBack = async () => {
    await expect(page).toHaveURL(HOME);
    await page.context().clearCookies();
    await page.goto("/signin");
    await expect(page.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
  };
  await page.goto("/signin");
  await fillSignIn(page, user);
  await comeBack();
  await expect(email).toHaveValue("");
  await expect(email).toBeFocused();
  await remember.check();
  await fillSignIn(page, user);
  await comeBack();
  await expect(email).toHaveValue(user.email);
  await expect(password).toBeFocused();
  await expect(remember).toBeChecked();
  await remember.uncheck();
  const later = await page.context().newPage();
  await later.goto("/signin");
  await expect(later.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
  await expect(later.getByLabel(t("forms.email"))).toHaveValue("");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("the sign-in page says what it needs", async ({ page, t }) => {
    await page.goto("/signin");
    // Playwright finds no text inside noscript; a browser without scripts shows it.
    await expect(page.locator("noscript").getByRole("alert")).toHaveText(t("signin.no_script"));
  });
});

test("a double click signs in once", { tag: ONCE }, async ({ page, stack, t }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const requests = await hold(page, "/api/auth/callback/password*");
  await page.goto("/signin");
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByLabel(t("forms.password"), { exact: true }).fill(user.password);
  await page.getByRole("button", { name: t("signin.title") }).dblclick();
  await page.getByLabel(t("forms.password"), { exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: t("signin.pending") })).toBeDisabled();
  await expect.poll(requests.count).toBe(1);
  requests.release();
  await expect(page).toHaveURL(HOME);
  expect(requests.count()).toBe(1);
});

test("whoever opens a page without a session signs in and comes back to that very address", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  await page.goto("/members?status=invited");
  await expect(page).toHaveURL("/signin?callbackUrl=%2Fmembers%3Fstatus%3Dinvited");
  await fillSignIn(page, { ...user, password: "Wr0ng!password" });
  await expect(page.getByText(t("errors.invalid_credentials"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/members?status=invited");
  await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
});

test("whoever is signed in does not see the sign-in page", { tag: ONCE }, async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/signin");
  await expect(page).toHaveURL(HOME);
});

test("a password typed before the page is ready does not get into the address", { tag: ONCE }, async ({
  browser,
  baseURL,
  t,
}) => {
  const page = await browser.newPage({ baseURL, javaScriptEnabled: false });
  await page.goto("/signin");
  await page.getByLabel(t("forms.email")).fill("bob@acme.example");
  await page.getByLabel(t("forms.password"), { exact: true }).fill("canary-in-the-address");
  await page.getByLabel(t("forms.password"), { exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: t("signin.title") })).toBeDisabled();
  expect(page.url()).not.toContain("canary");
  await page.close();
});

test("the page that chooses a new password sends back who has no business there", { tag: ONCE }, async ({
  page,
  t,
}) => {
  await page.goto("/challenge?callbackUrl=/account");
  await expect(page).toHaveURL(/\/signin\?/);
  await expect(page.getByText(t("errors.challenge_expired"))).toBeVisible();
});

test("a person with a temporary password comes back to where they were going", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant(), temporary: true });
  await page.goto("/account");
  await fillSignIn(page, user);
  await page.getByLabel(t("forms.newPassword")).fill(`New-${user.password}`);
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).dblclick();
  await expect(page).toHaveURL("/account");
});

test("what was typed as a password can be looked at", async ({ page, t }) => {
  await page.goto("/signin");
  const password = page.getByLabel(t("forms.password"), { exact: true });
  await password.fill("look at me");
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: t("ui.show") }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: t("ui.hide") }).click();
  await expect(password).toHaveAttribute("type", "password");
});

test("beside the password it is said that Caps Lock is on, for as long as it is", async ({ page, t }) => {
  await page.goto("/signin");
  const password = page.getByLabel(t("forms.password"), { exact: true });
  const hint = page.getByRole("status").filter({ hasText: t("ui.capsLock") });
  // The script is there once the form can be sent.
  await expect(page.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
  await expect(hint).toHaveCount(0);
  await password.dispatchEvent("keydown", { key: "A", modifierCapsLock: true });
  await expect(hint).toBeVisible();
  await password.dispatchEvent("keyup", { key: "CapsLock" });
  await expect(hint).toHaveCount(0);
  await password.dispatchEvent("keydown", { key: "A", modifierCapsLock: true });
  await expect(hint).toBeVisible();
  await password.focus();
  await page.getByLabel(t("forms.email")).focus();
  await expect(hint).toHaveCount(0);
});

test("when the server cannot be reached, the form says so and keeps what was typed", async ({
  page,
  context,
  t,
}) => {
  await page.goto("/signin");
  await context.setOffline(true);
  await fillSignIn(page, { email: "bob@acme.example", password: "x" });
  await expect(page.getByRole("alert").filter({ hasText: t("errors.network") })).toBeVisible();
  await expect(page.getByLabel(t("forms.email"))).toHaveValue("bob@acme.example");
  await expect(page.getByLabel(t("forms.password"), { exact: true })).toHaveValue("x");
  await expect(page.getByRole("button", { name: t("signin.title") })).toBeEnabled();
});

test("a browser that keeps no cookies is told so, instead of going round in circles", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.route("**/api/auth/csrf", async (route) => {
    const response = await route.fetch();
    await page.context().clearCookies();
    await route.fulfill({ status: 200, json: await response.json() });
  });
  await page.goto("/signin");
  await fillSignIn(page, user);
  await expect(page.getByRole("alert").filter({ hasText: t("errors.cookies") })).toBeVisible();
});
