import { randomUUID } from "node:crypto";
import { newestTemporaryPassword } from "./mailbox";
import { fillSignIn, signedInPerson } from "./person";
import { expect, test } from "./test";
import { newTenant, newUser } from "./users";

const newAddress = () => `${randomUUID().slice(0, 8)}@people.example`;

test("a person is invited, comes in by the mailed password, and is shown as active", async ({
  page,
  browser,
  stack,
  baseURL,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  const email = newAddress();
  await page.goto("/items");
  await page.getByRole("link", { name: "Members" }).click();
  await expect(page.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Invite a member" }).click();
  await page.getByLabel("E-mail address").fill("not an address");
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveAccessibleDescription(/not an e-mail address/);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("dialog").getByLabel("Role").selectOption("viewer");
  await page.getByRole("button", { name: "Send invitation" }).click();
  const row = page.getByRole("listitem").filter({ hasText: email });
  await expect(row).toContainText(/viewer.*invited/);

  const guest = await (await browser.newContext({ baseURL })).newPage();
  await guest.goto("/items");
  await fillSignIn(guest, { email, password: await newestTemporaryPassword(stack, email) });
  await guest.getByLabel("New password").fill("Ch0sen-by-me!");
  await guest.getByRole("button", { name: "Save and sign in" }).click();
  await expect(guest.getByRole("heading", { name: "Items" })).toBeVisible();
  await expect(guest.getByRole("button", { name: /New item|Delete|Edit/ })).toHaveCount(0);
  await expect(guest.getByRole("link", { name: "Members" })).toHaveCount(0);
  await page.reload();
  await expect(row).toContainText(/viewer.*active.*last signed in/);

  await page.getByRole("button", { name: "Invite a member" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveAccessibleDescription(
    /An account with this address exists already\./,
  );
});

test("a member is changed, disabled while they work, and removed, by keyboard too", async ({
  page,
  browser,
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const other = await (await browser.newContext({ baseURL })).newPage();
  const { email } = await signedInPerson(other, stack, { tenant });
  await other.goto("/items");
  await page.goto("/members");
  const row = page.getByRole("listitem").filter({ hasText: email });
  const dialog = page.getByRole("dialog");
  const manage = page.getByRole("button", { name: `Manage ${email}` });

  // A button takes no press, and no focus, before the script runs.
  await expect(manage).toBeEnabled();
  await manage.focus();
  await page.keyboard.press("Enter");
  await dialog.getByLabel("Role").selectOption("admin");
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The role is changed.");
  await page.keyboard.press("Escape");
  await expect(manage).toBeFocused();
  await expect(row).toContainText("admin");
  await other.getByRole("link", { name: "Alerts" }).click();
  await other.reload();
  await expect(other.getByRole("link", { name: "Members" })).toBeVisible();

  await manage.click();
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The account is disabled.");
  await other.getByRole("link", { name: "Items" }).click();
  await expect(other).toHaveURL(/\/signin\?callbackUrl=%2Fitems/);
  await dialog.getByRole("button", { name: "Enable" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The account is enabled.");
  await dialog.getByRole("button", { name: "Reset password" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The password is void, and a code is mailed.");
  await dialog.getByRole("button", { name: "Remove…" }).click();
  await expect(dialog).toContainText(`The account of ${email} will be deleted.`);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole("listitem")).toHaveCount(1);
});

test("the last administrator is told why they cannot leave", async ({ page, stack }) => {
  const { email } = await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto("/members");
  await page.getByRole("button", { name: `Manage ${email}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(
    "A tenant needs an administrator. Make somebody else one first.",
  );
});

test("the list is searched and filtered in the address, and those created elsewhere are looked for", async ({
  page,
  stack,
}) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  await page.goto("/members");
  const rows = page.getByRole("listitem");
  await expect(rows).toHaveCount(1);
  const { email } = await newUser(stack, { tenant, groups: ["viewer"] });
  const look = page.getByRole("button", { name: "Look for members created elsewhere" });
  await look.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("within the last minute");
  await signedInPerson(await page.context().newPage(), stack, { tenant, groups: ["admin"] });
  await page.goto(`/members?q=${email.slice(0, 8)}`);
  await expect(page.getByText("Nobody fits")).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByLabel("Role").selectOption("viewer");
  await expect(page).toHaveURL(/role=viewer/);
  await expect(page.getByText("Nobody fits")).toBeVisible();
});

test("who may not see them is told so, with the status that says it", async ({ page, stack }) => {
  for (const groups of [[], ["viewer"]]) {
    await page.context().clearCookies();
    await signedInPerson(page, stack, { groups });
    for (const path of ["/members", "/audit"]) {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(403);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your role does not allow this");
      const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
      await expect(links).toHaveText(["Home", "Items", "Alerts", "Account"]);
    }
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("nothing scrolls sideways", async ({ page, stack }) => {
    const email = `${"a".repeat(60)}@people.example`;
    await signedInPerson(page, stack, { email, groups: ["admin"], tenant: `m-${"t".repeat(60)}` });
    for (const [path, opener] of [
      ["/members", "Invite a member"],
      ["/members", `Manage ${email}`],
      ["/audit", null],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      if (opener) await page.getByRole("button", { name: opener }).click();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, path).toBeLessThanOrEqual(390);
    }
  });
});
