import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("an administrator signs in, works through every page, and signs out again", async ({
  page,
  stack,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  await page.goto("/items");
  await expect(page).toHaveTitle(`${t("signin.title")} · Sekisho`);
  await page.getByLabel(t("forms.email")).fill(user.email);
  await page.getByLabel(t("forms.password"), { exact: true }).fill(user.password);
  await page.getByRole("button", { name: t("signin.submit"), exact: true }).click();

  await expect(page.getByText(t("items.none"))).toBeVisible();
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Lantern" })).toBeVisible();

  const navigation = page.getByRole("navigation", { name: t("nav.label") });
  for (const [link, title] of [
    [t("nav.home"), t("home.title")],
    [t("nav.alerts"), t("alerts.title")],
    [t("nav.members"), t("members.title")],
    [t("nav.account"), t("account.title")],
    [t("nav.audit"), t("audit.title")],
  ] as const) {
    await navigation.getByRole("link", { name: link }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`${title} · Sekisho$`));
  }
  const added = t("auditSentences.item_created", { who: user.email, what: "Lantern" });
  await expect(page.getByText(added)).toBeVisible();
  await page.getByRole("button", { name: t("nav.signOut") }).click();
  await expect(page).toHaveURL(/\/signin/);
});
