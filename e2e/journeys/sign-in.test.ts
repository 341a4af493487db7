import type { Locator, Page } from "@playwright/test";
import { fillSignIn, hold, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("a wrong password and an unknown user hear the same, and what was typed as e-mail stays", async ({
  page,
  stack,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin");
  const heard: (string | null)[] = [];
  for (const email of [user.email, "nobody-knows@acme.example"]) {
    await fillSignIn(page, { email, password: "Wr0ng!password" });
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
    heard.push(await page.getByRole("alert").filter({ hasText: "match" }).textContent());
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  }
  expect(heard).toEqual(["That e-mail and password do not match.", "That e-mail and password do not match."]);
  await fillSignIn(page, user);
  await expect(page).toHaveURL(/\/items$/);
});

test("what is missing or misspelt is said beside its field, and nothing is sent", async ({ page }) => {
  const requests = await hold(page, "/api/auth/callback/password*");
  await page.goto("/signin");
  const [email, password] = [page.getByLabel("E-mail"), page.getByLabel("Password", { exact: true })];
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(email).toHaveAccessibleDescription("Enter your e-mail address.");
  await expect(password).toHaveAccessibleDescription("Enter your password.");
  await expect(email).toBeFocused();

  await fillSignIn(page, { email: "bob", password: "x" });
  await expect(email).toHaveAccessibleDescription("This is not an e-mail address.");
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(password).not.toHaveAttribute("aria-invalid");
  expect(requests.count()).toBe(0);
});

test("a double click signs in once", async ({ page, stack }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const requests = await hold(page, "/api/auth/callback/password*");
  await page.goto("/signin");
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).dblclick();
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "Signing in…" })).toBeDisabled();
  await expect.poll(requests.count).toBe(1);
  requests.release();
  await expect(page).toHaveURL(/\/items$/);
  expect(requests.count()).toBe(1);
});

test("whoever opens a page without a session signs in and comes back to that very address", async ({
  page,
  stack,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/alerts?status=acknowledged");
  await expect(page).toHaveURL("/signin?callbackUrl=%2Falerts%3Fstatus%3Dacknowledged");
  await fillSignIn(page, { ...user, password: "Wr0ng!password" });
  await expect(page.getByText("do not match")).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/alerts?status=acknowledged");
  await expect(page.getByText("No acknowledged alerts")).toBeVisible();
});

test("whoever is signed in does not see the sign-in page", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/signin");
  await expect(page).toHaveURL(/\/items$/);
});

test("a password typed before the page is ready does not get into the address", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/signin");
  await page.getByLabel("E-mail").fill("bob@acme.example");
  await page.getByLabel("Password", { exact: true }).fill("canary-in-the-address");
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled();
  expect(page.url()).not.toContain("canary");
  await context.close();
});

test("the page that chooses a new password sends back who has no business there", async ({ page }) => {
  await page.goto("/challenge?callbackUrl=/alerts");
  await expect(page).toHaveURL(/\/signin\?/);
  await expect(page.getByText("That took too long. Please sign in again.")).toBeVisible();
});

test("a person with a temporary password comes back to where they were going", async ({ page, stack }) => {
  const user = await newUser(stack, { tenant: newTenant(), temporary: true });
  await page.goto("/alerts");
  await fillSignIn(page, user);
  await page.getByLabel("New password").fill(`New-${user.password}`);
  await page.getByRole("button", { name: "Save and sign in" }).dblclick();
  await expect(page).toHaveURL("/alerts");
});

test("what was typed as a password can be looked at", async ({ page }) => {
  await page.goto("/signin");
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("look at me");
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Hide password" }).click();
  await expect(password).toHaveAttribute("type", "password");
});

test("when the server cannot be reached, the form says so and keeps what was typed", async ({
  page,
  context,
}) => {
  await page.goto("/signin");
  await context.setOffline(true);
  await fillSignIn(page, { email: "bob@acme.example", password: "x" });
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("bob@acme.example");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("x");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
});

test("a browser that keeps no cookies is told so, instead of going round in circles", async ({
  page,
  stack,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  await page.route("**/api/auth/csrf", async (route) => {
    const response = await route.fetch();
    await page.context().clearCookies();
    await route.fulfill({ status: 200, json: await response.json() });
  });
  await page.goto("/signin");
  await fillSignIn(page, user);
  await expect(page.getByRole("alert").filter({ hasText: "Allow cookies" })).toBeVisible();
});

test("signing in and adding an item need no mouse", async ({ page, stack }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const { keyboard } = page;
  await page.goto("/signin");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await keyboard.type(user.email);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await keyboard.type(user.password);
  await keyboard.press("Enter");
  await expect(page).toHaveURL(/\/items$/);

  const opener = page.getByRole("button", { name: "New item" });
  await tabTo(page, opener);
  await keyboard.press("Enter");
  await expect(page.getByLabel("Name")).toBeFocused();
  await keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByLabel("Name")).toBeFocused();
  await keyboard.type("Lantern");
  await keyboard.press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Lantern" })).toBeVisible();
  await expect(opener).toBeFocused();
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 12; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
