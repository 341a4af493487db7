import type { Locator, Page } from "@playwright/test";
import { Item } from "../../lib/items/contract";
import type { Api } from "../support/api";
import type { Words } from "../support/words";

/** Adds one after the other, so that the last one named is the newest. @returns their ids. */
export async function addItems(api: Api, names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(Item.parse((await api.post("/api/items", { name })).body).id);
  return ids;
}

/** Adds so many: `Item 1.`, `Item 2.` and on. */
export function addNumbered(api: Api, count: number): Promise<string[]> {
  return addItems(
    api,
    Array.from({ length: count }, (_, index) => `Item ${index + 1}.`),
  );
}

/** What the button is called that opens an item of this name. */
export function openerOf(t: Words, name: string): string {
  return t.markup("items.editRow", { hidden: (words) => ` ${words} `, name: () => name }).trim();
}

/** The items in the table, without the line of its columns. */
export const itemRows = (page: Page): Locator =>
  page
    .getByRole("main")
    .getByRole("row")
    .filter({ has: page.getByRole("checkbox") });
export const itemRow = (page: Page, name: string): Locator => itemRows(page).filter({ hasText: name });

/** What the page hears live would have it asked for anew, as whoever is signed in then, before anything is pressed. */
export const hearNothingLive = (page: Page) => page.route("**/api/items/stream*", () => {});
