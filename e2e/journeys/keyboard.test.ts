import { HOME } from "../../lib/home";
import { expectFocus, press, tabTo } from "../support/focus";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("one signs in, skips to the content, goes elsewhere, chooses a theme and signs out without a mouse", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  const { keyboard } = page;
  await page.goto("/signin");
  const [email, password] = [
    page.getByLabel(t("forms.email")),
    page.getByLabel(t("forms.password"), { exact: true }),
  ];
  await expectFocus(email);
  await expect(page.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
  await press(page, "Enter");
  await expectFocus(email);
  await keyboard.type(user.email);
  await press(page, "Enter");
  await expectFocus(password);
  await keyboard.type(user.password);
  await press(page, "Enter");
  await expect(page).toHaveURL(HOME);

  const signOut = page.getByRole("button", { name: t("nav.signOut"), exact: true });
  await expect(signOut).toBeEnabled();
  await tabTo(page.getByRole("link", { name: t("nav.skip") }));
  await press(page, "Enter");
  await expectFocus(page.getByRole("main"));
  await tabTo(page.getByRole("link", { name: t("home.allInvitations") }));

  const account = page.getByRole("link", { name: t("nav.account"), exact: true });
  await tabTo(account, "Shift+Tab");
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
  await expectFocus(account);

  const menu = page.getByRole("button", { name: t("nav.yours", { name: user.email }) });
  await tabTo(menu);
  await press(page, "Enter");
  await tabTo(page.getByRole("radio", { name: t("preferences.system") }));
  await press(page, "ArrowLeft");
  await expectFocus(page.getByRole("radio", { name: t("preferences.dark") }));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await press(page, "Escape");
  await expectFocus(menu);

  await tabTo(signOut);
  await press(page, "Enter");
  await expect(page).toHaveURL(/\/signin/);
  await expectFocus(email);
});
