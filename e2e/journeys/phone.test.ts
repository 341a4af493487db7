import type { Page } from "@playwright/test";
import { apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { openerOf } from "../support/words";

const LONG = "Unbreakable".repeat(15);

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("no page of a phone scrolls sideways, however long the words", async ({ page, stack, t }) => {
  const email = `${"a".repeat(60)}-phone@people.example`;
  const fresh = await newUser(stack, { email, tenant: newTenant(), temporary: true });
  await page.goto("/signin");
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: t("signin.title") }).click();
  await expectNoSidewaysScroll(page);
  await fillSignIn(page, fresh);
  await expect(page.getByRole("heading", { name: t("challenge.newPassword") })).toBeVisible();
  await expectNoSidewaysScroll(page);

  const user = await signedInPerson(page, stack, { tenant: "t".repeat(64) });
  const api = await apiOf(stack, user);
  await api.post("/api/items", { name: LONG, description: LONG });
  await api.post("/api/alerts", { title: LONG, detail: LONG, source: LONG.slice(0, 100) });
  for (const path of ["/items", "/alerts", "/not/a/page", "/no-tenant"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  for (const [path, opener] of [
    ["/items", openerOf(t, LONG)],
    ["/alerts", t("alerts.raise")],
  ] as const) {
    await page.goto(path);
    await page.getByRole("button", { name: opener }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});

test("every button and link of a phone is big enough for a thumb", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await api.post("/api/items", { name: "Lantern" });
  await api.post("/api/alerts", { title: "Smoke" });
  for (const path of ["/items", "/alerts", "/not/a/page"]) {
    await page.goto(path);
    for (const target of await page.locator("button:visible, a:visible").all()) {
      const box = await target.boundingBox();
      const isSkipLink = (await target.getAttribute("href")) === "#content";
      if (!isSkipLink)
        expect(box?.height, `${path}: ${await target.textContent()}`).toBeGreaterThanOrEqual(44);
    }
  }
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    dialog: document.querySelector("dialog")?.scrollWidth ?? 0,
    window: window.innerWidth,
  }));
  expect(widths.content, page.url()).toBeLessThanOrEqual(390);
  expect(widths.window, page.url()).toBe(390);
  expect(widths.dialog, page.url()).toBeLessThanOrEqual(390);
}
