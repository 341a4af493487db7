import { HOME } from "../../lib/home";
import { openOwnMenu, rowOf, toastOf } from "../support/page";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant } from "../support/users";

test("one says what one is called, is called so in the frame and by colleagues, and may take it back", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  const tenant = newTenant();
  const { email } = await signedInPerson(page, stack, { tenant });
  await page.goto("/account");
  const change = page.getByRole("button", { name: t("account.changeNameLabel") });
  const field = page.getByRole("dialog").getByLabel(t("account.name"));
  await change.click();
  await field.fill("  Yuki   Tanaka ");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("account.saveChoice") })
    .click();
  await expect(toastOf(page, t)).toContainText("Tanaka");
  await expect(page.getByRole("definition").filter({ hasText: "Yuki Tanaka" })).toBeVisible();
  await expect(page.getByRole("button", { name: t("nav.yours", { name: "Yuki Tanaka" }) })).toBeVisible();
  await expect(await openOwnMenu(page)).toContainText(email);

  const admin = await browser.newPage({ baseURL });
  await signedInPerson(admin, stack, { tenant, groups: ["admin"] });
  await admin.goto("/members?q=tanaka");
  await expect(rowOf(admin, "Yuki Tanaka")).toContainText(email);
  await admin.goto("/audit");
  await expect(rowOf(admin, "Yuki Tanaka").first()).toContainText(email);
  await admin.close();

  await page.goto("/account");
  await change.click();
  await field.fill("");
  await page.keyboard.press("Enter");
  await expect(toastOf(page, t)).toContainText(t("account.nameTaken"));
  await expect(page.getByRole("button", { name: t("nav.yours", { name: email }) })).toBeVisible();
});

test("a new tenant is told its first steps until they are done", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto(HOME);
  const steps = page.getByRole("region", { name: t("home.firstSteps") });
  const invites = page.locator('main a[href="/members?begin=invite"]');
  await expect(invites).toHaveCount(1);
  await steps.getByRole("link", { name: t("home.stepInvite") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("members.emailAddress")).fill(`zoe-${newTenant()}@people.example`);
  await dialog.getByLabel(t("members.inviteName")).fill("Zoe Ito");
  await dialog.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(rowOf(page, "Zoe Ito")).toBeVisible();
  await page.goto(HOME);
  await expect(steps.getByRole("listitem").filter({ hasText: t("home.stepInvite") })).toContainText(
    t("home.stepDone"),
  );
  await expect(steps.getByRole("link", { name: t("home.stepInvite") })).toHaveCount(0);
  await expect(invites).toHaveText(t("palette.invite"));
});
