import { login } from "../support/api";
import { apiOf, fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0";
test("the account page tells where one is signed in, and ends a session at its next click", async ({
  page,
  browser,
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const other = await (await browser.newContext({ baseURL, userAgent: FIREFOX })).newPage();
  for (const each of [page, other]) {
    await each.goto("/account");
    await fillSignIn(each, user);
    await expect(each.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  }
  await page.reload();
  const rows = page.getByRole("listitem").filter({ hasText: "since" });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "Firefox on Windows" })).toContainText(
    /e-mail and password · since \w/,
  );
  await expect(rows.filter({ hasText: "Chrome" })).toContainText("this one");

  await page.getByRole("button", { name: "End the session on Firefox on Windows" }).click();
  await expect(rows).toHaveCount(1);
  await other.getByRole("link", { name: "Alerts" }).click();
  await expect(other).toHaveURL(/\/signin\?callbackUrl=%2Falerts/);
  await page.getByRole("link", { name: "Items" }).click();
  await expect(page).toHaveURL("/items");
});

test("signing out everywhere ends this browser, the other one and the scripts", async ({
  page,
  browser,
  stack,
  baseURL,
}) => {
  const user = await signedInPerson(page, stack);
  const context = await browser.newContext({ baseURL });
  await openSessionIn(context, baseURL, user);
  const other = await context.newPage();
  await other.goto("/items");
  const api = await apiOf(stack, user);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("You are signed out everywhere.")).toBeVisible();
  await other.getByRole("link", { name: "Alerts" }).click();
  await expect(other).toHaveURL(/\/signin/);
  expectProblem(await api.get("/api/items"), 401, "invalid_token");
});

test("the password is changed on the account page, once the old one is right and the new one good", async ({
  page,
  stack,
  baseURL,
}) => {
  const user = await signedInPerson(page, stack);
  await page.goto("/account");
  const [old, next] = [page.getByLabel("Current password"), page.getByLabel("New password")];
  const change = page.getByRole("button", { name: "Change password" });
  await old.fill("Not-my-passw0rd!");
  await next.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(old).toHaveAccessibleDescription("This is not your password.");
  await old.fill(user.password);
  await next.fill("weak");
  await change.click();
  await expect(next).toHaveAccessibleDescription(/long enough|symbol|number/);
  await next.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await expect(old).toHaveValue("");
  await login(baseURL, user.email, "Chosen-Passw0rd!");
});
