import type { BrowserContext, Page } from "@playwright/test";
import { violationsOn } from "../support/axe";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const LOOKS = [
  { locale: "en", theme: "light" },
  { locale: "ja", theme: "dark" },
  { locale: "en", theme: "dark" },
  { locale: "ja", theme: "light" },
] as const;
type Look = (typeof LOOKS)[number];

for (const look of LOOKS) {
  test(`no page hinders anybody, in ${look.locale} and ${look.theme}`, async ({ page, stack, baseURL }) => {
    await wear(page.context(), baseURL, look);
    const fresh = await newUser(stack, { tenant: newTenant(), temporary: true });
    await expectNone(page, "/signin?error=session_ended", look);
    await page.locator("[popovertarget]").click();
    expect(await violationsOn(page), "preferences").toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator("form button[type=submit]").click();
    expect(await violationsOn(page), "sign-in refused").toEqual([]);
    await expectNone(page, "/forgot-password", look);
    await page.goto("/signin");
    await page.locator("[name=email]").fill(fresh.email);
    await page.locator("[name=password]").fill(fresh.password);
    await page.locator("form button[type=submit]").click();
    await page.waitForURL("**/challenge*");
    await expect(page.locator("[name=answer]")).toBeVisible();
    expect(await violationsOn(page), "challenge").toEqual([]);

    const user = await signedInPerson(page, stack);
    const api = await apiOf(stack, user);
    await api.post("/api/items", { name: "Lantern", description: "Paper" });
    for (const severity of ["info", "warning", "critical"])
      await api.post("/api/alerts", { title: "Smoke", severity });
    await expectNone(page, "/items?item=new", look);
    await page.goto("/items");
    await expect(page.locator("main button:disabled")).toHaveCount(0);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violationsOn(page), "keys").toEqual([]);
    for (const path of [
      "/home",
      "/items",
      "/items?q=nowhere",
      "/alerts",
      "/account",
      "/not/a/page",
      "/alerts?cursor=%00",
      // Not for a member: the page that says so.
      "/members",
    ]) {
      await expectNone(page, path, look);
    }
    await page.context().clearCookies({ name: "sekisho.session" });
    await signedInPerson(page, stack, { groups: ["admin"] });
    for (const path of ["/audit", "/audit?actor=nobody", "/members?q=nobody", "/members"]) {
      await expectNone(page, path, look);
    }
    await page.getByRole("listitem").getByRole("button").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violationsOn(page), "a member").toEqual([]);
  });
}

/** Has the browser ask for this look. */
async function wear(context: BrowserContext, url: string, { locale, theme }: Look): Promise<void> {
  await context.addCookies([
    { name: "sekisho.locale", value: locale, url },
    { name: "sekisho.theme", value: theme, url },
  ]);
}

async function expectNone(page: Page, path: string, look: Look): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", look.locale);
  await expect(page.locator("html")).toHaveAttribute("data-theme", look.theme);
  expect(await violationsOn(page), path).toEqual([]);
}
