import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { fillSignIn } from "../support/person";
import { expect, test } from "../support/test";

test("bob adds an item and sees it; carol of another tenant does not", async ({ browser, page, baseURL }) => {
  await signIn(page, "bob@acme.example");
  await expect(page).toHaveURL(/\/items$/);
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Lantern");
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Lantern" })).toBeVisible();

  const other = await (await browser.newContext({ baseURL })).newPage();
  await signIn(other, "carol@globex.example");
  await expect(other.getByText("No items yet")).toBeVisible();
  await expect(other.getByText("Lantern")).toHaveCount(0);
});

test("dave must choose a new password, and then is in", async ({ page }) => {
  await signIn(page, "dave@globex.example");
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/long enough/);
  await page.getByLabel("New password").fill("Str0ng!enough");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL(/\/items$/);
});

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/signin");
  await fillSignIn(page, { email, password: DEMO_PASSWORD });
}
