import { expect, type Locator, type Page } from "@playwright/test";

/** Checks that the focus is there, that one sees it, and that nothing stands before it (WCAG 2.4.7, 2.4.11). */
export async function expectFocus(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  expect(await target.page().evaluate(faultOfFocus), String(target)).toBe(null);
}

/** Goes on with Tab until the focus is there; at each stop on the way it must be seen. */
export async function tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const page = target.page();
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key);
    expect(await page.evaluate(faultOfFocus), `on the way to ${target}`).toBe(null);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expectFocus(target);
}

/**
 * Goes all the way round a dialog: the focus stays inside, also for the browser's own buttons in between.
 *
 * @public for features
 */
export async function expectHoldsFocus(dialog: Locator): Promise<void> {
  const page = dialog.page();
  const stops = await dialog.locator("button:enabled, input:enabled, textarea, select").count();
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let presses = 0; presses <= stops + 1; presses++) {
      await page.keyboard.press(key);
      const isOutside = await dialog.evaluate(
        (element) => document.activeElement !== document.body && !element.contains(document.activeElement),
      );
      expect(isOutside).toBe(false);
    }
  }
}

/** Presses a key where the focus is. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Runs in the page. @returns what keeps one from seeing where the focus is; null when nothing does. */
function faultOfFocus(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "nothing has the focus";
  // A choice that is hidden from the eye shows the focus on its label.
  const shown = focused.matches("[type=radio]") ? (focused.closest("label") ?? focused) : focused;
  const name = `${shown.tagName} ${shown.getAttribute("aria-label") ?? shown.textContent}`;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  if (outlineStyle === "none" || outlineWidth === "0px") return `${name}: no outline`;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const isThere = (x: number, y: number) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && shown.contains(hit);
  };
  const [midX, midY] = [(left + right) / 2, (top + bottom) / 2];
  const points = [
    [midX, midY],
    [left + 3, top + 3],
    [right - 3, bottom - 3],
  ] as const;
  return points.some(([x, y]) => isThere(x, y)) ? null : `${name}: something stands before it`;
}
