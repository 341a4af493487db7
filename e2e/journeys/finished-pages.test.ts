import type { Page } from "@playwright/test";
import { Alert } from "../../lib/alerts/contract";
import { Authenticator } from "../support/authenticator";
import { expectNoViolations } from "../support/axe";
import { apiOf, fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import type { Words } from "../support/words";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1";

const rowsOf = (page: Page) => page.getByRole("main").getByRole("listitem");
const rowOf = (page: Page, text: string) => rowsOf(page).filter({ hasText: text });
const toast = (page: Page, t: Words) => page.getByRole("status", { name: t("ui.messages") });
const manage = (page: Page, t: Words, email: string) =>
  page.getByRole("button", { name: t("members.manageNamed", { email }) });
const foundOn = (page: Page) => page.getByRole("main").getByRole("status");

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
    await search.pressSequentially(admin.email.slice(0, 4));
    await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
    await expect(search).toBeFocused();
    await search.pressSequentially(admin.email.slice(4, 8));
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

  test("are filtered by a button where no script runs, as the audit log is", async ({
    browser,
    stack,
    baseURL,
    t,
  }) => {
    const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
    const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
    await openSessionIn(context, baseURL, user);
    const page = await context.newPage();
    const show = page.getByRole("button", { name: t("filter.show") });
    await page.goto("/members");
    await page.getByLabel(t("members.role")).selectOption("viewer");
    await show.click();
    await expect(page.getByText(t("members.nobodyFits"))).toBeVisible();
    await page.goto("/audit");
    await page.getByLabel(t("audit.outcome")).selectOption("refused");
    await show.click();
    await expect(page.getByText(t("audit.nothingFits"))).toBeVisible();
    await context.close();
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
    await expect(field).toHaveAccessibleDescription(new RegExp(t("faults.email")));
    await expect(field).toBeFocused();
    const email = `zoe-${newTenant()}@people.example`;
    await field.fill(email);
    await page.keyboard.press("Enter");
    await expect(toast(page, t)).toContainText(t("members.invited", { email }));
    await expect(invite).toBeFocused();
    await expect(rowOf(page, email)).toContainText(t.markup("members.invitedSince", { time: () => "" }));
  });

  test("are managed by keyboard without losing one's place, and removed with a word about it", async ({
    page,
    stack,
    t,
  }) => {
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
    await expect(toast(page, t)).toContainText(t("members.removed", other));
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

test.describe("the audit log", () => {
  test("stands under its days, marks what was refused, and leads to all that one person did", async ({
    page,
    stack,
    t,
  }) => {
    const tenant = newTenant();
    const admin = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
    const bob = await newUser(stack, { tenant });
    await (await apiOf(stack, bob)).get("/api/items", { "X-Tenant-Id": "globex" });
    await page.goto("/audit");
    await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(
      /^\w+day, \w+ \d+, \d{4}$|^\d{4}年\d+月\d+日.曜日$/,
    );
    await expect(rowsOf(page).first()).toContainText(/^\d?\d:\d\d/);
    const knock = rowOf(page, "globex");
    await expect(knock.getByRole("strong")).toHaveText("globex");
    await expect(knock).toContainText(t("auditOutcome.refused"));
    await expectNoViolations(page, "audit log");
    await page.getByLabel(t("audit.outcome")).selectOption("refused");
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(page).toHaveURL("/audit?outcome=refused");
    await knock.getByRole("link", { name: bob.email }).click();
    await expect(page).toHaveURL(`/audit?actor=${encodeURIComponent(bob.email)}`);
    await expect(page.getByLabel(t("audit.who"))).toHaveValue(bob.email);
    await expect(page.getByLabel(t("audit.outcome"))).toHaveValue("");
    await expect(foundOn(page)).toHaveText(t("audit.shown", { count: 2, more: "false" }));
    await expect(rowOf(page, admin.email)).toHaveCount(0);
  });

  test("goes on to older entries and back to the newest", async ({ page, stack, t }) => {
    const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
    for (let i = 0; i < 50; i++) await api.post("/api/items", { name: `Item ${i}` });
    await page.goto("/audit");
    await expect(foundOn(page)).toHaveText(t("audit.shown", { count: 50, more: "true" }));
    await page.getByRole("link", { name: t("ui.older") }).click();
    await expect(rowsOf(page)).toHaveCount(2);
    await expect(page.getByRole("link", { name: t("ui.older") })).toHaveCount(0);
    await page.getByRole("link", { name: t("ui.newest") }).click();
    await expect(rowsOf(page)).toHaveCount(50);
  });
});

test.describe("the account page", () => {
  test("has this session first, and says which one was ended", async ({
    page,
    browser,
    stack,
    baseURL,
    t,
  }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const contexts = [await browser.newContext({ baseURL, userAgent: IPHONE }), page.context()];
    for (const context of contexts) {
      const each = context === page.context() ? page : await context.newPage();
      await each.goto("/account");
      await fillSignIn(each, user);
      await expect(each.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
    }
    // The one that was used last would stand first.
    await contexts[0]?.pages()[0]?.reload();
    await page.reload();
    const safari = t("browser.on", { browser: "Safari", system: "iPhone" });
    const sessions = page.getByRole("list", { name: t("account.sessions") });
    await expect(sessions.getByRole("listitem").first()).toContainText(t("account.thisOne"));
    const end = page.getByRole("button", { name: t("account.endNamed", { browser: safari }) });
    await expect(end).toBeEnabled();
    await end.focus();
    await page.keyboard.press("Enter");
    await expect(toast(page, t)).toContainText(t("account.ended", { browser: safari }));
    await expect(sessions.getByRole("listitem")).toHaveCount(1);
    await expect(sessions).toBeFocused();
  });

  test("asks before signing out everywhere", async ({ page, stack, t }) => {
    await signedInPerson(page, stack);
    await page.goto("/account");
    const opener = page.getByRole("button", { name: t("account.endAll") });
    await opener.click();
    const dialog = page.getByRole("dialog", { name: t("account.endAllTitle") });
    await expect(dialog).toBeVisible();
    await expectNoViolations(page, "signing out everywhere");
    await dialog.getByRole("button", { name: t("common.cancel") }).click();
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
    await page.reload();
    await opener.click();
    await dialog.getByRole("button", { name: t("account.endAll") }).click();
    await expect(page).toHaveURL(/\/signin/);
    await expect(page.getByText(t("notices.signed_out_everywhere"))).toBeVisible();
  });

  test("says how the second step stands, and that it has changed", async ({ page, stack, t }) => {
    await signedInPerson(page, stack);
    await page.goto("/account");
    const step = page.getByRole("heading", { name: t("account.secondStep") }).locator("..");
    await expect(step).toContainText(t("account.off"));
    await page.getByRole("button", { name: t("account.setUp") }).click();
    const secret = (await page.locator("code").textContent()) ?? "";
    const app = new Authenticator(secret.replace(/\s/g, ""));
    await page.getByLabel(t("account.appCode")).fill(app.code());
    await page.keyboard.press("Enter");
    await expect(toast(page, t)).toContainText(t("account.appIsOn"));
    await expect(step).toContainText(t("account.on"));
    const turnOff = page.getByRole("button", { name: t("account.turnOff") });
    await expect(turnOff).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(toast(page, t)).toContainText(t("account.appIsOff"));
    await expect(step).toContainText(t("account.off"));
    await expect(page.getByRole("button", { name: t("account.setUp") })).toBeFocused();
  });
});

test("home tells administrators, and nobody else, who was invited and has not come in", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const api = await apiOf(stack, await signedInPerson(page, stack, { tenant, groups: ["admin"] }));
  await page.goto("/home");
  await expect(page.getByText(t("home.noInvitations"))).toBeVisible();
  const email = `zoe-${tenant}@people.example`;
  await api.post("/api/members", { email });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.invitations", { count: 1 }) })).toBeVisible();
  await expect(rowOf(page, email)).toBeVisible();
  await expectNoViolations(page, "home of an administrator");
  await page.getByRole("link", { name: t("home.allInvitations") }).click();
  await expect(page).toHaveURL("/members?status=invited");
  await expect(rowsOf(page)).toContainText([email]);

  await signedInPerson(page, stack, { tenant });
  await page.goto("/home");
  await expect(page.getByRole("heading", { name: t("home.recent") })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("home.allInvitations") })).toHaveCount(0);
});

test("what the application itself reports is told in the reader's language, also as it arrives; the API says it in English", async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  await page.goto("/home");
  await expect(page.getByText(t("newLogin.detail", { browser: "node", address: "unknown" }))).toBeVisible();
  await page.goto("/alerts");
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  const title = t("newLogin.title");
  const alerts = page.getByRole("region", { name: t("alerts.title") }).getByRole("listitem");
  await expect(alerts).toContainText([title]);
  const api = await apiOf(stack, user);
  await expect(alerts.filter({ hasText: title })).toHaveCount(2);
  const acknowledge = page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title }) });
  await acknowledge.first().click();
  await expect(acknowledge).toHaveCount(1);
  const told = Alert.array().parse((await api.get("/api/alerts")).body);
  expect(told.map((alert) => alert.title)).toEqual(["New login detected", "New login detected"]);
});

test("the counts of alerts and the way to their numbers are as high as the bars beside them", async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/alerts");
  const overview = page.getByRole("region", { name: t("alerts.overview") });
  const bottomOf = async (what: string) => {
    const box = await overview.locator(what).boundingBox();
    return (box?.y ?? 0) + (box?.height ?? 0);
  };
  const card = await overview.boundingBox();
  expect((card?.y ?? 0) + (card?.height ?? 0) - (await bottomOf("figure"))).toBeLessThan(30);
  await overview.getByText(t("alerts.asTable")).click();
  const table = await overview.getByRole("table").boundingBox();
  expect(table?.y).toBeGreaterThan(await bottomOf("figure"));
  expect(table?.width).toBeGreaterThan((card?.width ?? 0) - 60);
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("the navigation is one row, with the current page in sight, and the rest within reach", async ({
    page,
    stack,
    t,
  }) => {
    await signedInPerson(page, stack, { groups: ["admin"] });
    const navigation = page.getByRole("navigation", { name: t("nav.label") });
    const links = navigation.getByRole("link");
    for (const path of ["/home", "/account"]) {
      await page.goto(path);
      await expect(links).toHaveCount(6);
      const boxes = await links.evaluateAll((all) =>
        all.map((each) => each.getBoundingClientRect().toJSON()),
      );
      expect(new Set(boxes.map(({ y }) => y)).size, path).toBe(1);
      for (const { height } of boxes) expect(height).toBeGreaterThanOrEqual(44);
      const current = navigation.locator("[aria-current=page]");
      await expect(current).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
    await links.last().focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+Tab");
    await expect(links.first()).toBeFocused();
    await expect(links.first()).toBeInViewport({ ratio: 1 });
  });

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
