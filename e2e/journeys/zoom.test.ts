import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { expectFits, TEXT_SPACING, wearStyle } from "../support/fit";
import { apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { openerOf, type Words } from "../support/words";

/** Every page and dialog in little room: everything is there, can be reached and be pressed, and nothing is cut off. */
test.describe.configure({ mode: "parallel" });

const LONG = "Unbreakable".repeat(15);
const VIEWS = [
  { name: "at 200 %", tag: ONCE, viewport: { width: 640, height: 400 }, style: "", what: "Lantern" },
  {
    name: "320 pixels wide, whatever the words",
    viewport: { width: 320, height: 256 },
    style: "",
    what: LONG,
  },
  {
    name: "with text twice as big",
    viewport: { width: 1280, height: 800 },
    style: "html { font-size: 200% }",
    what: "Lantern",
  },
  {
    name: "with text spaced out",
    tag: ONCE,
    viewport: { width: 1280, height: 800 },
    style: TEXT_SPACING,
    what: "Lantern",
  },
];

for (const { name, tag = [], viewport, style, what } of VIEWS) {
  const isLong = what === LONG;

  test.describe(name, { tag }, () => {
    test.use({ viewport });

    test("one signs in", async ({ page, stack, t }) => {
      const email = `${isLong ? "a".repeat(50) : "a"}-${newTenant()}@people.example`;
      const fresh = await newUser(stack, { email, tenant: newTenant(), temporary: true });
      const look = looker(page, style);
      await page.goto("/forgot-password");
      await page.getByLabel(t("forms.email")).fill(email);
      await page.getByRole("button", { name: t("forgotPassword.send") }).click();
      await expect(page.getByLabel(t("forgotPassword.code"))).toBeVisible();
      await look("forgot password");
      await page.goto("/signin?error=session_ended");
      await page.getByRole("button", { name: t("preferences.open") }).click();
      await look("preferences");
      await page.getByText(t("preferences.dark")).click();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: t("signin.submit"), exact: true }).click();
      await look("sign-in with faults");
      await fillSignIn(page, fresh);
      await page.getByLabel(t("forms.newPassword")).fill(`New-${fresh.password}`);
      await look("new password");
      await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
      await expect(page).toHaveURL("/items");
    });

    test("one works", async ({ page, stack, t }) => {
      const tenant = isLong ? newTenant().padEnd(64, "t") : newTenant();
      const { email, password } = await admin(page, stack, tenant, isLong);
      const look = looker(page, style);
      await workOnItems(page, t, what, look);
      await workOnAlerts(page, t, what, look);
      await page.goto("/home");
      await look("home");
      const [logo, links] = await Promise.all([
        page.getByRole("banner").getByText("Sekisho").boundingBox(),
        page.getByRole("navigation", { name: t("nav.label") }).boundingBox(),
      ]);
      if (!logo || !links) throw new Error("There is no header.");
      expect(logo.x + logo.width <= links.x || logo.y + logo.height <= links.y).toBe(true);
      await page.goto("/members");
      await page.getByRole("button", { name: t("members.inviteTitle") }).click();
      await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill("not an address");
      await page.getByRole("button", { name: t("members.inviteSend") }).click();
      await expect(page.getByText(t("faults.email"))).toBeVisible();
      await look("inviting");
      await page.getByRole("button", { name: t("common.cancel") }).click();
      await page.getByRole("button", { name: t("members.manageNamed", { email }) }).click();
      await look("a member");
      await page.getByRole("button", { name: t("members.close") }).click();
      await look("members");
      await page.goto("/audit");
      await look("audit log");
      await page.goto("/account");
      await page.getByRole("button", { name: t("account.setUp") }).click();
      await page.getByLabel(t("account.passwordAgain"), { exact: true }).fill(password);
      await look("account, asking for the password");
      await page.getByRole("button", { name: t("account.goOn") }).click();
      await expect(page.getByLabel(t("account.appCode"))).toBeVisible();
      await look("account");
      await page.goto("/not/a/page");
      await look("404");
      await page.goto("/no-tenant");
      await look("no tenant");
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("every button and link is big enough for a thumb", { tag: ONCE }, async ({ page, stack }) => {
    const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
    await api.post("/api/items", { name: "Lantern" });
    await api.post("/api/alerts", { title: "Smoke" });
    for (const path of ["/home", "/items", "/alerts", "/members", "/audit", "/account", "/not/a/page"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const low = await page
        .locator("button:visible, a:visible:not([href='#content'])")
        .evaluateAll((targets) =>
          targets
            // A link within a sentence is as high as its line (WCAG 2.5.8).
            .filter((target) => getComputedStyle(target).display !== "inline")
            .filter((target) => target.getBoundingClientRect().height < 44)
            .map(({ outerHTML }) => outerHTML),
        );
      expect(low, path).toEqual([]);
    }
  });
});

type Look = (state: string) => Promise<void>;

/** Looks at a state of the page with this style of the reader's own. */
function looker(page: Page, style: string): Look {
  return async (state) => {
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    await wearStyle(page, style);
    await expectFits(page, state);
  };
}

async function admin(page: Page, stack: Stack, tenant: string, isLong: boolean) {
  const email = `${isLong ? "a".repeat(50) : "a"}-${newTenant()}@people.example`;
  return signedInPerson(page, stack, { email, tenant, groups: ["admin"] });
}

async function workOnItems(page: Page, t: Words, name: string, look: Look): Promise<void> {
  const row = page.getByRole("listitem").filter({ hasText: name });
  await page.goto("/items");
  await look("items, empty");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByText(t("faults.required"))).toBeVisible();
  await look("new item");
  await page.getByLabel(t("items.name")).fill(name);
  await page.getByLabel(t("items.description")).fill(name);
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: openerOf(t, name) }).click();
  await look("item");
  await page.getByRole("button", { name: t("common.cancel") }).click();
  await page.getByRole("button", { name: t("items.keys") }).click();
  await look("keys");
  await page.getByRole("button", { name: t("ui.dismiss") }).click();
  await look("items");
  await page.getByRole("button", { name: t("items.deleteNamed", { name }) }).click();
  await expect(page.getByRole("button", { name: t("items.undo") })).toBeVisible();
  await look("items with a message");
  await page.getByRole("button", { name: t("items.undo") }).click();
  await expect(row).toBeVisible();
}

async function workOnAlerts(page: Page, t: Words, title: string, look: Look): Promise<void> {
  await page.goto("/alerts?source=manual");
  const raise = page.getByRole("button", { name: t("alerts.raise") });
  await raise.click();
  await page.getByLabel(t("alerts.name")).fill(title);
  await page.getByLabel(t("alerts.detail")).fill(title);
  await look("raising an alert");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("alerts.raise") })
    .click();
  await page.getByLabel(t("alerts.select", { title })).check();
  await page.getByText(t("alerts.asTable")).click();
  await look("alerts, with the numbers and one selected");
  await page.getByRole("button", { name: t("alerts.acknowledgeSelected") }).click();
  await expect(page.getByRole("listitem").filter({ hasText: title })).toContainText(t("alerts.acknowledged"));
  await page
    .getByRole("navigation", { name: t("alerts.status") })
    .getByRole("link", { name: t("alerts.resolved") })
    .click();
  await expect(page.getByText(t("alerts.none"), { exact: true })).toBeVisible();
}
