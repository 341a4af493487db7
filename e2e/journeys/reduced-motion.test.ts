import type { Page } from "@playwright/test";
import { apiOf, hold, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("for whoever asks for calm nothing moves or fades", { tag: ONCE }, async ({ page, stack, t }) => {
  await page.goto("/signin");
  await expectStill(page);
  const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
  for (const path of ["/home", "/members", "/audit", "/not/a/page"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectStill(page);
  }

  await page.goto("/alerts?source=manual");
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  await api.post("/api/alerts", { title: "Smoke", severity: "critical" });
  await expect(page.getByText("Smoke")).toBeVisible();
  await expectStill(page);

  await page.goto("/account");
  await expectStill(page);
  const toItems = page.getByRole("link", { name: t("nav.items"), exact: true });
  // The outline of the list comes ahead, after the route's tree.
  const outline = page.waitForResponse((response) => {
    const { "next-router-prefetch": ahead, "next-router-segment-prefetch": segment } = response
      .request()
      .headers();
    return ahead !== undefined && segment === undefined;
  });
  await toItems.hover();
  await outline;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/items?_rsc=*", async (route) => {
    if (!("next-router-prefetch" in route.request().headers())) await arrived;
    await route.continue();
  });
  await toItems.click();
  await expect(page.getByRole("status", { name: t("ui.loading") })).toBeVisible();
  await expectStill(page);
  arrive();

  const request = await hold(page, "/api/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByRole("dialog").locator("[aria-busy]")).toBeVisible();
  await expectStill(page);
  request.release();
  await page.getByRole("button", { name: t("items.deleteNamed", { name: "Lantern" }) }).click();
  await expect(page.getByText(t("items.deleted", { name: "Lantern" }))).toBeVisible();
  await expectStill(page);
});

async function expectStill(page: Page): Promise<void> {
  const moving = await page.evaluate(() => {
    const isMoving = ({ animationName, transitionDuration, scrollBehavior }: CSSStyleDeclaration) =>
      animationName !== "none" || !/^0s(, 0s)*$/.test(transitionDuration) || scrollBehavior !== "auto";
    return [...document.querySelectorAll("*")]
      .filter((element) =>
        [null, "::before", "::after", "::backdrop"].some((part) => isMoving(getComputedStyle(element, part))),
      )
      .map(({ tagName, className }) => `${tagName} ${className}`)
      .concat(document.getAnimations().map(({ playState }) => `an animation, ${playState}`));
  });
  expect(moving, page.url()).toEqual([]);
}
