import { withFault } from "../support/cognito-controls";
import { fillSignIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const LATER = "Signing in is not possible at the moment. Nothing was lost; try again in a minute.";
const TROUBLES = [
  { kind: "throttled" },
  { kind: "error" },
  { kind: "reset" },
  { kind: "slow", delayMs: 8_000 },
] as const;

for (const trouble of TROUBLES) {
  test(`while Cognito is ${trouble.kind}, the sign-in page says to try again and keeps what was typed`, async ({
    page,
    stack,
  }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    await page.goto("/signin?callbackUrl=/alerts");
    await withFault(stack, { target: "AdminInitiateAuth", ...trouble }, async () => {
      await fillSignIn(page, user);
      await expect(page.getByText(LATER)).toBeVisible({ timeout: 10_000 });
    });
    await expect(page.getByLabel("E-mail")).toHaveValue(user.email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(user.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL("/alerts");
  });
}

test("nobody is signed out by it, and the account page tells what it cannot do", async ({ page, stack }) => {
  const user = await signedInPerson(page, stack);
  await withFault(stack, { kind: "error" }, async () => {
    await page.goto("/items");
    await expect(page.getByRole("heading", { level: 1, name: "Items" })).toBeVisible();
    await page.goto("/account");
    await expect(page.getByText("You are still signed in. Try again in a minute.")).toBeVisible();
  });
  await page.goto("/account");
  await withFault(stack, { kind: "error" }, async () => {
    await page.getByLabel("Current password").fill(user.password);
    await page.getByLabel("New password").fill("Chosen-Passw0rd!");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Signing in is not possible at the moment.")).toBeVisible();
  });
  await page.goto("/items");
  await expect(page.getByRole("heading", { level: 1, name: "Items" })).toBeVisible();
});
