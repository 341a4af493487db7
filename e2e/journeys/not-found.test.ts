import { HOME } from "../../lib/home";
import { PAGES } from "../support/pages";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test("an address that leads nowhere says so, with 404, and shows the way back", async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack);
  const response = await page.goto("/not/a/page");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: t("notFound.title") })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: t("nav.home") })).toBeVisible();
  await page.getByRole("link", { name: t("common.toHome") }).click();
  await expect(page).toHaveURL(HOME);
});

test("every page has a title of its own and one main heading", { tag: ONCE }, async ({ page, stack }) => {
  await signedInPerson(page, stack, { groups: ["admin"] });
  const titles = new Set<string>();
  const paths = [...PAGES, "/not/a/page", "/no-tenant"];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.getByRole("main")).toHaveCount(1);
    titles.add(await page.title());
  }
  await page.context().clearCookies();
  await page.goto("/signin");
  titles.add(await page.title());
  expect(titles.size).toBe(paths.length + 1);
});
