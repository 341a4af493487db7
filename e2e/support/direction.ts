import { expect, type Page } from "@playwright/test";

/** Stands in every name that is looked at. */
export const WORD = "portcullis";
/** The word with marks before and after it that turn the direction of what follows. */
export const TURNING = `\u202e${WORD}\u2069`;

/** Nothing on the page that says the word bends what is around it, and every field follows what is typed into it. */
export async function expectStraight(page: Page): Promise<void> {
  expect(await page.evaluate(bentBy, WORD), page.url()).toEqual([]);
}

/**
 * Runs in the page. @returns every text, label and title with the word outside of an isolation, and every field for text
 * that does not follow its text.
 */
function bentBy(word: string): string[] {
  const isBent = (text: string) =>
    text.replace(/\u2068[^\u2066-\u2069\u202a-\u202e]*\u2069/g, "").includes(word) ||
    /\u2068[^\u2069]*$/.test(text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isCode = node.parentElement?.closest("script, style, template");
    const isIsolated = node.parentElement?.closest("bdi, [dir=auto]");
    if (!isCode && !isIsolated && isBent(node.textContent ?? "")) found.push(node.textContent ?? "");
  }
  const labels = [...document.querySelectorAll("[aria-label], [title]")].flatMap((each) => [
    each.getAttribute("aria-label") ?? "",
    each.getAttribute("title") ?? "",
  ]);
  const fields = document.querySelectorAll(
    "textarea:not([dir=auto]), input:not([dir=auto]):is([type=search], [type=text], [type=email], :not([type]))",
  );
  return [...found, ...labels.filter(isBent), ...[...fields].map(({ outerHTML }) => outerHTML)];
}
