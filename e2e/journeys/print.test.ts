import { HOME } from "../../lib/home";
import { PAGES } from "../support/pages";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test("on paper every page is what it is about: in ink on white, and nothing to press", { tag: ONCE }, async ({
  page,
  stack,
}) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const path of new Set([HOME, ...PAGES])) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(
      page.locator("header, nav, main form, main select, main button[type=submit]").filter({ visible: true }),
      path,
    ).toHaveCount(0);
    await expect(page.locator("body"), path).toHaveCSS("background-color", "rgb(255, 255, 255)");
  }
});
