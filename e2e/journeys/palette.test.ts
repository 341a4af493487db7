import { HOME } from "../../lib/home";
import { openPage } from "../support/axe";
import { expectFocus, press } from "../support/focus";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test("from any page one goes to another by keys alone, and back to where the focus was", async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  await openPage(page, HOME);
  const before = page.getByRole("link", { name: t("nav.members"), exact: true });
  await before.focus();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: t("palette.field") });
  await expectFocus(field);
  await press(page, "Escape");
  await expect(field).toHaveCount(0);
  await expectFocus(before);

  await page.keyboard.press("Control+k");
  await page.keyboard.type(t("nav.audit"));
  await expect(page.getByRole("option", { selected: true })).toHaveText(t("nav.audit"));
  await press(page, "Enter");
  await expect(page).toHaveURL("/audit");
});

test("what is begun in the palette is open on its page, also on that page itself, and once", async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  await openPage(page, HOME);
  for (const _ of ["from home", "from the page itself"]) {
    await page.getByRole("button", { name: t("palette.open") }).click();
    await page.getByRole("option", { name: t("palette.invite") }).click();
    const dialog = page.getByRole("dialog", { name: t("members.inviteTitle") });
    await expect(dialog).toBeVisible();
    await expect(page).toHaveURL("/members");
    await dialog.getByRole("button", { name: t("common.cancel") }).click();
    await expect(dialog).toHaveCount(0);
  }
  await page.reload();
  // Nothing is begun before the script runs.
  await expect(page.getByRole("button", { name: t("members.inviteTitle") })).toBeEnabled();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("who may only read is offered nothing to begin", { tag: ONCE }, async ({ page, stack, t }) => {
  await signedInPerson(page, stack, { groups: ["viewer"] });
  await openPage(page, HOME);
  await page.getByRole("button", { name: t("palette.open") }).click();
  await expect(page.getByRole("option", { name: t("nav.home") })).toBeVisible();
  await expect(page.getByRole("option", { name: t("palette.invite") })).toHaveCount(0);
  await expect(page.getByRole("option", { name: t("nav.audit") })).toHaveCount(0);
});

test("rows of the tenant are found, and nothing that does not fit says so", async ({ page, stack, t }) => {
  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  await openPage(page, HOME);
  await page.getByRole("button", { name: t("palette.open") }).click();
  const field = page.getByRole("combobox", { name: t("palette.field") });
  await field.fill(user.email);
  await page.getByRole("option", { name: user.email }).click();
  await expect(page).toHaveURL(`/members?q=${encodeURIComponent(user.email)}`);
  await page.getByRole("button", { name: t("palette.open") }).click();
  await field.fill("no such thing anywhere");
  await expect(page.getByText(t("palette.nothing"))).toBeVisible();
});
