import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { LANGUAGES } from "../../lib/languages";
import { openSessionIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { wordsFor } from "../support/words";

test.describe("a browser in Tokyo", () => {
  test.use({ timezoneId: "Asia/Tokyo" });

  test("is answered in the language it asks for, and writes its times in its own zone", async ({
    page,
    stack,
    locale,
    t,
  }) => {
    await page.goto("/signin");
    await expect(page.locator("html")).toHaveAttribute("lang", String(locale));
    await signedInPerson(page, stack);
    await page.goto("/account");
    const since = page.getByRole("list", { name: t("account.sessions") }).locator("time");
    const inTokyo = await since.evaluate(
      (element: HTMLTimeElement, language) =>
        new Intl.DateTimeFormat(language, {
          timeStyle: "short",
          hourCycle: "h23",
          timeZone: "Asia/Tokyo",
        }).format(new Date(element.dateTime)),
      locale,
    );
    await expect(since).toContainText(inTokyo);
  });
});

test("another language and a theme are chosen on the sign-in page without losing what was typed, and stay", async ({
  page,
  stack,
  locale,
  t,
}) => {
  const other = locale === "en" ? "ja" : "en";
  const theirs = wordsFor(other);
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin");
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByText(LANGUAGES[other]).click();
  await expect(page.getByRole("heading", { name: theirs("signin.title") })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", other);
  await page.getByRole("button", { name: theirs("preferences.theme") }).click();
  await page.getByText(theirs("preferences.dark")).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByLabel(theirs("forms.email"))).toHaveValue(user.email);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: theirs("preferences.theme") })).toBeFocused();

  await openSessionIn(page.context(), new URL(page.url()).origin, user);
  await page.goto(HOME);
  await expect(page.getByRole("heading", { name: theirs("home.title"), exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await canvasOf(page)).toBe(DARK);
});

test("without a choice, light and dark follow the device, also while one looks", { tag: ONCE }, async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/signin");
  const light = await canvasOf(page);
  expect(light).not.toBe(DARK);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await canvasOf(page)).toBe(DARK);
});

test("cookies that say nonsense are answered as if they were not there", { tag: ONCE }, async ({
  page,
  baseURL,
  locale,
}) => {
  await page.context().addCookies([
    { name: "sekisho.locale", value: "__proto__", url: baseURL },
    { name: "sekisho.theme", value: "neon", url: baseURL },
    { name: "sekisho.zone", value: "%E0%A4%A", url: baseURL },
  ]);
  const answer = await page.goto("/signin");
  expect(answer?.status()).toBe(200);
  await expect(page.locator("html")).toHaveAttribute("lang", String(locale));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
});

const DARK = "rgb(18, 16, 14)";

/** The colour behind everything. */
function canvasOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}
