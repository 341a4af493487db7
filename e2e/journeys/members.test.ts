import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { hold, isVisit } from "../support/hold";
import { newestTemporaryPassword } from "../support/mailbox";
import { foundOn, PHONE, rowOf, rowsOf, toastOf } from "../support/page";
import { pagesOf } from "../support/pages";
import { fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { nameOf, type Words } from "../support/words";

const manage = (page: Page, t: Words, email: string) =>
  page.getByRole("button", { name: t("members.manageNamed", { email }) });

const newAddress = () => `${randomUUID().slice(0, 8)}@people.example`;

test("a person is invited, comes in by the mailed password, and is shown as active", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  const email = newAddress();
  await page.goto(HOME);
  await page.getByRole("link", { name: t("nav.members"), exact: true }).click();
  await expect(page.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill("not an address");
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page.getByRole("dialog").getByLabel(t("members.emailAddress"))).toHaveAccessibleDescription(
    new RegExp(t("faults.not_an_email")),
  );
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill(email);
  await page.getByRole("dialog").getByLabel(t("members.role")).selectOption("viewer");
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  const row = page.getByRole("listitem").filter({ hasText: email });
  await expect(row).toContainText(new RegExp(`${t("roles.viewer")}.*${t("memberStatus.invited")}`));

  const guest = await browser.newPage({ baseURL });
  await guest.goto(HOME);
  await fillSignIn(guest, { email, password: await newestTemporaryPassword(stack, email) });
  await guest.getByLabel(t("forms.newPassword")).fill("Ch0sen-by-me!");
  await guest.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(guest.getByRole("heading", { name: t("home.title") })).toBeVisible();
  await expect(guest.getByRole("button", { name: t("members.inviteTitle") })).toHaveCount(0);
  await expect(guest.getByRole("link", { name: t("nav.members"), exact: true })).toHaveCount(0);
  await page.reload();
  await expect(row).toContainText(new RegExp(`${t("roles.viewer")}.*${t("memberStatus.active")}`));

  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill(email);
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page.getByRole("dialog").getByLabel(t("members.emailAddress"))).toHaveAccessibleDescription(
    new RegExp(t("faults.account_exists")),
  );
});

test("a member is changed, disabled while they work, and removed, by keyboard too", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const other = await browser.newPage({ baseURL });
  const member = await signedInPerson(other, stack, { tenant });
  const { email } = member;
  await other.goto(HOME);
  await page.goto("/members");
  const row = page.getByRole("listitem").filter({ hasText: email });
  const dialog = page.getByRole("dialog");
  const manage = page.getByRole("button", { name: t("members.manageNamed", { email }) });

  // A button takes no press, and no focus, before the script runs.
  await expect(manage).toBeEnabled();
  await manage.focus();
  await page.keyboard.press("Enter");
  await dialog.getByLabel(t("members.role")).selectOption("admin");
  await dialog.getByRole("button", { name: t("members.changeRole") }).click();
  await expect(dialog.getByRole("status")).toHaveText(t("members.roleChanged"));
  await page.keyboard.press("Escape");
  await expect(manage).toBeFocused();
  await expect(row).toContainText(t("roles.admin"));
  await other.getByRole("link", { name: t("nav.account") }).click();
  await other.reload();
  await expect(other.getByRole("link", { name: t("nav.members"), exact: true })).toBeVisible();

  const roleOf = (role: "admin" | "member") =>
    row.getByRole("button", { name: t("members.roleOf", { who: email, role: t(`roles.${role}`) }) });
  await roleOf("admin").click();
  await row.getByRole("button", { name: t("memberRole.member") }).click();
  await expect(toastOf(page, t)).toContainText(email);
  await expect(roleOf("member")).toBeVisible();
  await toastOf(page, t)
    .getByRole("button", { name: t("members.undo") })
    .click();
  await expect(roleOf("admin")).toBeVisible();
  // Taking the role away had ended their sessions.
  await openSessionIn(other.context(), stack.application.url, member);
  await other.goto(HOME);

  await manage.click();
  await dialog.getByRole("button", { name: t("members.disable"), exact: true }).click();
  await dialog.getByRole("button", { name: t("members.disableNow") }).click();
  await expect(dialog.getByRole("status")).toHaveText(t("members.disabledDone"));
  await other.getByRole("link", { name: t("nav.home") }).click();
  await expect(other).toHaveURL(/\/signin\?callbackUrl=%2Fhome/);
  await dialog.getByRole("button", { name: t("members.enable") }).click();
  await expect(dialog.getByRole("status")).toHaveText(t("members.enabledDone"));
  await dialog.getByRole("button", { name: t("members.resetPassword") }).click();
  await expect(dialog.getByRole("status")).toHaveText(t("members.resetPasswordDone"));
  await dialog.getByRole("button", { name: t("members.remove") }).click();
  await expect(dialog).toContainText(t.markup("members.removeSure", { strong: (words) => words, email }));
  await dialog.getByRole("button", { name: t("members.removeNow"), exact: true }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole("listitem")).toHaveCount(1);
});

test("the last administrator is told why they cannot leave", { tag: ONCE }, async ({ page, stack, t }) => {
  const { email } = await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto("/members");
  await page.getByRole("button", { name: t("members.manageNamed", { email }) }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("members.disable"), exact: true }).click();
  await dialog.getByRole("button", { name: t("members.disableNow") }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(t("errors.last_admin"));
});

test("the list is searched and filtered in the address, and those created elsewhere are looked for", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  await page.goto("/members");
  const rows = page.getByRole("listitem");
  await expect(rows).toHaveCount(1);
  const { email } = await newUser(stack, { tenant, groups: ["viewer"] });
  const look = page.getByRole("button", { name: t("members.look") });
  await look.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(t("members.lookedJustNow"));
  await signedInPerson(await page.context().newPage(), stack, { tenant, groups: ["admin"] });
  await page.goto(`/members?q=${email.slice(0, 8)}`);
  await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
  await page.getByRole("link", { name: t("filter.clear") }).click();
  await expect(rows).toHaveCount(2);
  await page.getByLabel(t("members.role")).selectOption("viewer");
  await expect(page).toHaveURL(/role=viewer/);
  await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
});

test("who may not see them is told so, with the status that says it", async ({ page, stack, t }) => {
  for (const groups of [[], ["viewer"]]) {
    await page.context().clearCookies();
    await signedInPerson(page, stack, { groups });
    for (const path of ["/members", "/audit"]) {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(403);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("forbidden.title"));
      const links = page.getByRole("navigation", { name: t("nav.label") }).getByRole("link");
      await expect(links).toHaveText(pagesOf("viewer").map((name) => nameOf(t, name)));
    }
  }
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("what marks one's own address is never broken", async ({ page, stack, t }) => {
    await signedInPerson(page, stack, {
      email: `${"a".repeat(20)}-${newTenant()}@people.example`,
      groups: ["admin"],
    });
    await page.goto("/members");
    const mark = page.getByText(t("members.you"));
    for (let width = 320; width <= 440; width += 6) {
      await page.setViewportSize({ width, height: 844 });
      expect(await mark.evaluate((each) => each.getClientRects().length), `${width}`).toBe(1);
    }
  });
});

test.describe("members", () => {
  test("are filtered as one chooses and types, and Back undoes it step by step", async ({
    page,
    stack,
    t,
  }) => {
    const tenant = newTenant();
    const viewer = await newUser(stack, { tenant, groups: ["viewer"] });
    const admin = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
    await page.goto("/members");
    const found = foundOn(page);
    const shown = (count: number) => t("members.shown", { count, more: "false" });
    await expect(found).toHaveText(shown(2));
    await expect(page.getByRole("button", { name: t("filter.show") })).toHaveCount(0);

    const role = page.getByLabel(t("members.role"));
    await role.selectOption("viewer");
    await expect(page).toHaveURL("/members?role=viewer");
    await expect(found).toHaveText(shown(1));
    await expect(rowsOf(page)).toContainText([viewer.email]);
    const search = page.getByLabel(t("members.email"));
    // So much of one random address does not stand in another one.
    await search.pressSequentially(admin.email.slice(0, 7));
    await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
    await expect(search).toBeFocused();
    await search.pressSequentially(admin.email.slice(7, 8));
    await expect(page).toHaveURL(`/members?q=${admin.email.slice(0, 8)}&role=viewer`);

    await page.goBack();
    await expect(page).toHaveURL("/members?role=viewer");
    await expect(search).toHaveValue("");
    await expect(rowsOf(page)).toContainText([viewer.email]);
    await page.getByRole("link", { name: t("filter.clear") }).click();
    await expect(page).toHaveURL("/members");
    await expect(role).toHaveValue("");
    await expect(search).toBeFocused();
    await expect(found).toHaveText(shown(2));
  });

  test("are all there again by Back, also when one typed on before the first answer came", {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    const { email } = await signedInPerson(page, stack, { groups: ["admin"] });
    await page.goto("/members");
    const early = await hold(page, /\/members\?q=zo(&|$)/, isVisit);
    await page.getByLabel(t("members.email")).fill("zo");
    await expect.poll(early.count).toBe(1);
    await page.getByLabel(t("members.email")).fill("zoe");
    await expect(page).toHaveURL("/members?q=zoe");
    early.release();
    await page.goBack();
    await expect(page).toHaveURL("/members");
    await expect(rowsOf(page)).toContainText([email]);
  });

  test("are filtered by a button where no script runs, as the audit log is", { tag: ONCE }, async ({
    browser,
    stack,
    baseURL,
    t,
  }) => {
    const page = await browser.newPage({ baseURL, javaScriptEnabled: false });
    await signedInPerson(page, stack, { groups: ["admin"] });
    const show = page.getByRole("button", { name: t("filter.show") });
    await page.goto("/members");
    await page.getByLabel(t("members.role")).selectOption("viewer");
    await show.click();
    await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
    await page.goto("/audit");
    await page.getByLabel(t("audit.outcome")).selectOption("refused");
    await show.click();
    await expect(page.getByText(t("audit.nothingFits"))).toBeVisible();
    await page.close();
  });

  test("are invited with a word about it, and the focus is where it was", async ({ page, stack, t }) => {
    await signedInPerson(page, stack, { groups: ["admin"] });
    await page.goto("/members");
    const invite = page.getByRole("button", { name: t("members.inviteTitle") });
    await expect(invite).toBeEnabled();
    await invite.focus();
    await page.keyboard.press("Enter");
    const field = page.getByRole("dialog").getByLabel(t("members.emailAddress"));
    await field.fill("nobody");
    await page.getByRole("button", { name: t("members.inviteSend") }).click();
    await expect(field).toHaveAccessibleDescription(new RegExp(t("faults.not_an_email")));
    await expect(field).toBeFocused();
    const email = `zoe-${newTenant()}@people.example`;
    await field.fill(email);
    await page.keyboard.press("Enter");
    await expect(toastOf(page, t)).toContainText(t("members.invited", { email }));
    await expect(invite).toBeFocused();
    await expect(rowOf(page, email)).toContainText(t.markup("members.invitedSince", { time: () => "" }));
  });

  test("are managed by keyboard without losing one's place, and removed with a word about it", {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    const tenant = newTenant();
    const [one, other] = [await newUser(stack, { tenant }), await newUser(stack, { tenant })];
    const admin = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
    await page.goto("/members");
    const dialog = page.getByRole("dialog");
    const press = async (name: string) => {
      await dialog.getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await expect(manage(page, t, other.email)).toBeEnabled();
    await manage(page, t, other.email).focus();
    await page.keyboard.press("Enter");
    await press(t("members.disable"));
    await expect(dialog.getByRole("button", { name: t("members.keepIn") })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: t("members.disable"), exact: true })).toBeFocused();
    await page.keyboard.press("Enter");
    await press(t("members.disableNow"));
    await expect(dialog.getByRole("status")).toHaveText(t("members.disabledDone"));
    await expect(dialog.getByRole("button", { name: t("members.enable") })).toBeFocused();
    await press(t("members.remove"));
    const keep = dialog.getByRole("button", { name: t("members.keep") });
    await expect(keep).toBeFocused();
    await expectNoViolations(page, "removing");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: t("members.remove") })).toBeFocused();
    await page.keyboard.press("Enter");
    await press(t("members.removeNow"));
    await expect(toastOf(page, t)).toContainText(t("members.removed", other));
    await expect(rowOf(page, other.email)).toHaveCount(0);
    await expect(manage(page, t, one.email)).toBeFocused();
    await expectNoViolations(page, "removed");

    // The last row of what is shown: there is no other to go on at.
    await page.goto(`/members?q=${one.email}`);
    await manage(page, t, one.email).click();
    await press(t("members.remove"));
    await press(t("members.removeNow"));
    await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.goto("/members");
    await expect(rowsOf(page)).toContainText([admin.email]);
  });
});
