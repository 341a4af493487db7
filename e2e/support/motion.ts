import { expect, type Locator, type Page, type Request } from "@playwright/test";
import { hold, isVisit } from "./hold";
import { untilIdle } from "./idle";
import type { Words } from "./words";

/** For whoever asks for calm: `test.use(CALM)`. */
export const CALM = { contextOptions: { reducedMotion: "reduce" } } as const;

/** Checks that nothing on the page moves or fades, or would. */
export async function expectStill(page: Page): Promise<void> {
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

/** Goes to a page whose outline was fetched ahead, and looks at that while the page itself is on its way. */
export async function expectStillOnTheWay(page: Page, link: Locator, path: string, t: Words): Promise<void> {
  const outline = new Promise<void>((resolve) => {
    const look = (request: Request) => {
      const { "next-router-prefetch": ahead, "next-router-segment-prefetch": segment } = request.headers();
      // It comes after the route's tree.
      if (ahead !== undefined && segment === undefined) resolve();
    };
    // The router breaks off what it has had enough of.
    page.on("requestfinished", look).on("requestfailed", look);
  });
  await link.hover();
  await outline;
  // It is in its place when the page has nothing to do: before that there would be a title to show, and nothing else.
  await untilIdle(page);
  const { release } = await hold(page, `${path}?_rsc=*`, isVisit);
  await link.click();
  await expect(page.getByRole("status", { name: t("ui.loading") })).toBeVisible();
  await expectStill(page);
  release();
}
