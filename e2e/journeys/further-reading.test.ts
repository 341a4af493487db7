import { expect, ONCE, test } from "../support/test";

const HELP_URL = "mailto:help@example.com";
const TERMS_URL = "https://www.example.com/terms";

test.use({ stackOptions: { environment: { HELP_URL, TERMS_URL } } });

test("whoever cannot sign in finds the help and the terms that there are, and no others", {
  tag: ONCE,
}, async ({ page, t }) => {
  for (const path of ["/signin", "/forgot-password"]) {
    await page.goto(path);
    await expect(page.getByRole("link", { name: t("frontPage.help") })).toHaveAttribute("href", HELP_URL);
    await expect(page.getByRole("link", { name: t("frontPage.terms") })).toHaveAttribute("href", TERMS_URL);
    await expect(page.getByRole("link", { name: t("frontPage.privacy") })).toHaveCount(0);
  }
});
