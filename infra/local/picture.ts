import { existsSync } from "node:fs";
import type { Page } from "@playwright/test";
import { FEATURES } from "../../lib/features";

/** How a feature's page is shown in the README; `e2e/<feature>/picture.ts` has it. */
export type Picture = {
  colorScheme?: "light" | "dark";
  /** Waits for what comes after the page itself. */
  stands?: (page: Page) => Promise<void>;
};

/** Those that there are, by the name of the feature, which is also the address of its page. */
export async function picturesOfFeatures(): Promise<Map<string, Picture>> {
  const found = new Map<string, Picture>();
  for (const { name } of FEATURES) {
    const file = new URL(`../../e2e/${name}/picture.ts`, import.meta.url);
    if (existsSync(file)) found.set(name, ((await import(file.href)) as { picture: Picture }).picture);
  }
  return found;
}
