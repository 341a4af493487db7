import { HOME } from "../../lib/home";
import { openOwnMenu, PHONE } from "../support/page";
import { pagesOf } from "../support/pages";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test.describe("on a phone", () => {
  test.use(PHONE);

  test("the navigation is a bar at the bottom with all pages in sight; one's account is in one's own menu", async ({
    page,
    stack,
    t,
  }) => {
    await signedInPerson(page, stack, { groups: ["admin"] });
    const navigation = page.getByRole("navigation", { name: t("nav.label") });
    const links = navigation.getByRole("link");
    const shown = pagesOf("admin").flatMap((name) => (name === "account" ? [] : `/${name}`));
    for (const path of [HOME, ...shown.slice(-1)]) {
      await page.goto(path);
      await expect(links).toHaveCount(shown.length);
      const boxes = await links.evaluateAll((all) =>
        all.map((each) => each.getBoundingClientRect().toJSON()),
      );
      expect(new Set(boxes.map(({ y }) => y)).size, path).toBe(1);
      for (const { height } of boxes) expect(height).toBeGreaterThanOrEqual(44);
      const current = navigation.locator("[aria-current=page]");
      await expect(current).toBeInViewport({ ratio: 1 });
      for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
    await links.last().focus();
    for (let i = 0; i < shown.length - 1; i++) await page.keyboard.press("Shift+Tab");
    await expect(links.first()).toBeFocused();
    await (await openOwnMenu(page)).getByRole("link", { name: t("nav.account") }).click();
    await expect(page.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
    await expect(page.getByRole("banner").getByRole("dialog")).toHaveCount(0);
  });
});

test("nothing is fetched ahead until somebody points at a link or comes to it by key", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  const ahead: string[] = [];
  page.on("request", (request) => {
    if ("next-router-prefetch" in request.headers()) ahead.push(new URL(request.url()).pathname);
  });
  await page.goto("/members", { waitUntil: "networkidle" });
  expect(ahead).toEqual([]);
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  await link(t("nav.account")).hover();
  await expect.poll(() => new Set(ahead)).toEqual(new Set(["/account"]));
  await link(t("nav.home")).focus();
  await expect.poll(() => new Set(ahead)).toEqual(new Set(["/account", HOME]));
});
