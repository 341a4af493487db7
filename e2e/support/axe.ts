import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axeCore from "axe-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Checks that axe-core has nothing against a page as it stands by WCAG 2.2 AA and its best practices: in the light
 * theme by every rule, in the dark one by those about colour, as nothing else is different there.
 *
 * @param state what is being looked at, for the report.
 */
export async function expectNoViolations(page: Page, state: string): Promise<void> {
  // Evaluated, not added as a script: the policy of the pages lets no other script in.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // Waited for, and so none of the rules below: of a page that is being brought up to date the title goes and comes.
  await expect(page).toHaveTitle(/./);
  expect.soft(await page.evaluate(look, TAGS), state).toEqual([]);
}

/** Goes to a page and waits until it can be used: a button takes no press before the script runs. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("header button:disabled, form button:disabled")).toHaveCount(0);
}

/** Runs in the page. @returns one line a finding. */
async function look(tags: string[]): Promise<string[]> {
  const { axe } = window as unknown as { axe: typeof axeCore };
  const { dataset } = document.documentElement;
  // What stays in sight covers a part of something wherever one has scrolled to, and one can scroll on.
  const { scrollY } = window;
  window.scrollTo({ top: 0, behavior: "instant" });
  const theme = dataset.theme;
  // Adopted, not added as an element, for the same policy: no colour is read on its way to another.
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [still];
  const found = async (name: string, runOnly: axeCore.RunOnly) => {
    dataset.theme = name;
    const { violations } = await axe.run(document, {
      runOnly,
      rules: { "document-title": { enabled: false } },
      resultTypes: ["violations"],
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${name} ${id}: ${html} ${failureSummary}`),
    );
  };
  const aboutColour = axe
    .getRules(["cat.color"])
    .filter((rule) => rule.tags.some((tag) => tags.includes(tag)));
  const inLight = await found("light", { type: "tag", values: tags });
  const inDark = await found("dark", { type: "rule", values: aboutColour.map(({ ruleId }) => ruleId) });
  dataset.theme = theme;
  document.adoptedStyleSheets = [];
  window.scrollTo({ top: scrollY, behavior: "instant" });
  return [...inLight, ...inDark];
}
