import en from "../../app/words/en.json" with { type: "json" };
import ja from "../../app/words/ja.json" with { type: "json" };
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

for (const [locale, words] of Object.entries({ en, ja })) {
  test.describe(`for a browser that asks for ${locale}`, () => {
    test.use({ locale });

    test("an administrator signs in, works through every page, and signs out again", async ({
      page,
      stack,
    }) => {
      const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
      await page.goto("/items");
      await expect(page).toHaveTitle(`${words.signin.title} · Sekisho`);
      await page.getByLabel(words.forms.email).fill(user.email);
      await page.getByLabel(words.forms.password, { exact: true }).fill("not the password");
      await page.getByRole("button", { name: words.signin.submit, exact: true }).click();
      await expect(page.getByText(words.errors.invalid_credentials)).toBeVisible();
      await page.getByLabel(words.forms.password, { exact: true }).fill(user.password);
      await page.getByRole("button", { name: words.signin.submit, exact: true }).click();

      await expect(page.getByText(words.items.none)).toBeVisible();
      await page.getByRole("button", { name: words.items.new }).click();
      await page.getByLabel(words.items.name).fill("Lantern");
      await page.getByRole("button", { name: words.items.add }).click();
      await expect(page.getByRole("listitem").filter({ hasText: "Lantern" })).toBeVisible();

      const navigation = page.getByRole("navigation", { name: words.nav.label });
      for (const [link, title] of [
        [words.nav.alerts, words.alerts.title],
        [words.nav.members, words.members.title],
        [words.nav.account, words.account.title],
        [words.nav.audit, words.audit.title],
      ] as const) {
        await navigation.getByRole("link", { name: link }).click();
        await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      }
      const sentence = words.auditSentences.item_created
        .replace("{who}", user.email)
        .replace("{what}", "Lantern");
      await expect(page.getByText(sentence)).toBeVisible();
      await page.getByRole("button", { name: words.nav.signOut }).click();
      await expect(page).toHaveURL(/\/signin/);
    });
  });
}
