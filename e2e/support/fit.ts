import { expect, type Page } from "@playwright/test";

/** What WCAG 1.4.12 lets a reader set: nothing may be lost by it. */
export const TEXT_SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

/** Puts a style of the reader's own over the page. Adopted, as the policy of the pages lets no style element in. */
export async function wearStyle(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}

/** Checks that nothing scrolls sideways but a table and a row of links by themselves, and that no words are cut off but for an ellipsis. */
export async function expectFits(page: Page, state: string): Promise<void> {
  expect.soft(await page.evaluate(faultsOfFit), state).toEqual([]);
}

/** Runs in the page. @returns one line a fault. */
function faultsOfFit(): string[] {
  const root = document.documentElement;
  const shown = [...document.body.querySelectorAll<HTMLElement>("*")].filter(
    (element) =>
      element.checkVisibility() && element.clientWidth > 1 && !element.matches("select, textarea, svg *"),
  );
  const isWide = ({ scrollWidth, clientWidth }: Element) => scrollWidth > clientWidth + 1;
  /** Where the words stand that an element holds, but for those that it holds in one that cuts them on purpose. */
  const wordsIn = (element: HTMLElement): DOMRect[] => {
    const rects: DOMRect[] = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // What is fixed to the window is cut off by nothing that it is in.
      const holder = node.parentElement?.closest(".sr-only, .truncate, .fixed");
      if (!node.textContent?.trim() || (holder && holder !== element && element.contains(holder))) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      rects.push(...range.getClientRects());
    }
    return rects;
  };
  const named = (fault: string, elements: HTMLElement[]) =>
    elements.map(
      ({ tagName, className, textContent }) =>
        `${fault}: ${tagName} "${textContent?.trim().slice(0, 40)}" ${className}`,
    );
  const beyond = shown.filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
  const scrolling = shown.filter(
    (element) =>
      /auto|scroll/.test(getComputedStyle(element).overflowX) &&
      isWide(element) &&
      !element.querySelector("table") &&
      !element.matches("nav"),
  );
  const cut = shown.filter((element) => {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
    const [clipsX, clipsY] = [overflowX, overflowY].map((overflow) => /hidden|clip/.test(overflow));
    if (!clipsX && !clipsY) return false;
    const box = element.getBoundingClientRect();
    return wordsIn(element).some(
      ({ left, right, top, bottom }) =>
        (clipsY && (top < box.top - 1 || bottom > box.bottom + 1)) ||
        (clipsX && textOverflow !== "ellipsis" && (left < box.left - 1 || right > box.right + 1)),
    );
  });
  return [
    ...(isWide(root) ? named("goes beyond the page", beyond) : []),
    ...named("scrolls sideways", scrolling),
    ...named("is cut off", cut),
  ];
}
