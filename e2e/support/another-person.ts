import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { signedInPerson } from "./person";
import type { User, Wanted } from "./users";

/** Another tab of the same browser, in which the person signs out and somebody else signs in. */
export async function becomeAnother(page: Page, stack: Stack, wanted: Wanted): Promise<User> {
  await page.context().clearCookies();
  return signedInPerson(page, stack, wanted);
}

/** @returns whether a page has shown both at any moment since, such as who is greeted and a row of somebody else's. */
export async function watchFor(page: Page, one: string, another: string): Promise<() => Promise<boolean>> {
  await page.evaluate(
    ([one, another]) => {
      const look = () => {
        // biome-ignore lint/performance/useDomNodeTextContent: only what is seen, not the scripts.
        const { innerText } = document.body;
        if (innerText.includes(one) && innerText.includes(another)) sessionStorage.mixed = "1";
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    },
    [one, another] as const,
  );
  return () => page.evaluate(() => "mixed" in sessionStorage);
}
