import { HOME } from "../../lib/home";
import { login } from "../support/api";
import { Authenticator } from "../support/authenticator";
import { expectNoViolations } from "../support/axe";
import { withFault } from "../support/cognito-controls";
import { toastOf } from "../support/page";
import { apiOf, fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { weakPassword } from "../support/words";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0";

test("the account page tells where one is signed in, this session first, and ends another at its next click", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const other = await browser.newPage({ baseURL, userAgent: FIREFOX });
  for (const each of [page, other]) {
    await each.goto("/account");
    await fillSignIn(each, user);
    await expect(each.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
  }
  // The one that was used last would stand first.
  await other.reload();
  await page.reload();
  const sessions = page.getByRole("list", { name: t("account.sessions") });
  const rows = sessions.getByRole("listitem");
  const firefox = t("browser.on", { program: "Firefox", system: "Windows" });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: firefox })).toContainText(t("account.form"));
  await expect(rows.first()).toContainText("Chrome");
  await expect(rows.first()).toContainText(t("account.thisOne"));

  const end = page.getByRole("button", { name: t("account.endNamed", { browser: firefox }) });
  await expect(end).toBeEnabled();
  await end.press("Enter");
  await expect(toastOf(page, t)).toContainText(t("account.ended", { browser: firefox }));
  await expect(rows).toHaveCount(1);
  await expect(sessions).toBeFocused();
  await other.getByRole("link", { name: t("nav.home") }).click();
  await expect(other).toHaveURL(/\/signin\?callbackUrl=%2Fhome/);
  await page.getByRole("link", { name: t("nav.home") }).click();
  await expect(page).toHaveURL(HOME);
});

test("a sign-out everywhere that Cognito has not confirmed says so, and is one", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  const api = await apiOf(stack, user);
  await page.goto("/account");
  await page.getByRole("button", { name: t("account.endAll") }).click();
  const dialog = page.getByRole("dialog");
  await withFault(stack, { target: "AdminUserGlobalSignOut", kind: "error" }, async () => {
    await dialog.getByRole("button", { name: t("account.endAll") }).click();
    await expect(page.getByText(t("notices.signed_out_unconfirmed"))).toBeVisible();
  });
  expectProblem(await api.get("/api/user/me"), 401, "invalid_token");
});

test("the password is changed on the account page, once the old one is right and the new one good, and that ends the other browsers", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  const other = await browser.newPage({ baseURL });
  await openSessionIn(other.context(), baseURL, user);
  await other.goto(HOME);
  await page.goto("/account");
  const [old, next] = [
    page.getByLabel(t("account.currentPassword")),
    page.getByLabel(t("forms.newPassword")),
  ];
  const change = page.getByRole("button", { name: t("account.changePassword") });
  await old.fill("Not-my-passw0rd!");
  await next.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(old).toHaveAccessibleDescription(t("faults.wrong_password"));
  await old.fill(user.password);
  await next.fill("weak");
  const rules = page.getByRole("list", { name: t("forms.rules") }).getByRole("listitem");
  await expect(rules.filter({ hasText: t("forms.ruleNotKept") })).toHaveCount(4);
  await expect(rules.filter({ hasText: t("forms.ruleKept") })).toHaveText([new RegExp(t("forms.ruleLower"))]);
  await change.click();
  await expect(next).toHaveAccessibleDescription(weakPassword(t));
  await next.fill("Chosen-Passw0rd!");
  await change.click();
  await expect(page.getByText(t("account.passwordChanged"))).toBeVisible();
  await expect(old).toHaveValue("");
  await expect(rules).toHaveCount(0);
  const changes = page.getByRole("list", { name: t("account.changes") });
  await expect(changes).toContainText(t("accountNotices.password_changed"));
  await expect(page.getByRole("list", { name: t("account.sessions") }).getByRole("listitem")).toHaveCount(1);
  await other.getByRole("link", { name: t("nav.account") }).click();
  await expect(other).toHaveURL(/\/signin/);
  await page.getByRole("link", { name: t("nav.home") }).click();
  await expect(page).toHaveURL(HOME);
  await login(baseURL, user.email, "Chosen-Passw0rd!");
});

test("all other sessions end at once by one press and the password, scripts too, and this one goes on", async ({
  page,
  browser,
  stack,
  baseURL,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  await page.goto("/account");
  const opener = page.getByRole("button", { name: t("account.endOthers") });
  await expect(page.getByRole("button", { name: t("account.endAll") })).toBeEnabled();
  await expect(opener).toHaveCount(0);
  const api = await apiOf(stack, user);
  const others = await Promise.all([browser.newPage({ baseURL }), browser.newPage({ baseURL })]);
  for (const each of others) await openSessionIn(each.context(), baseURL, user);
  await page.reload();
  const rows = page.getByRole("list", { name: t("account.sessions") }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await opener.click();
  const dialog = page.getByRole("dialog", { name: t("account.endOthersTitle") });
  const password = dialog.getByLabel(t("account.passwordAgain"), { exact: true });
  await expect(password).toBeFocused();
  await expectNoViolations(page, "ending the others");
  await password.fill("Not-my-passw0rd!");
  await page.keyboard.press("Enter");
  await expect(password).toHaveAccessibleDescription(t("faults.wrong_password"));
  await expect(rows).toHaveCount(3);
  await password.fill(user.password);
  await page.keyboard.press("Enter");
  await expect(toastOf(page, t)).toContainText(t("account.othersEnded", { count: 2 }));
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole("list", { name: t("account.sessions") })).toBeFocused();
  expectProblem(await api.get("/api/user/me"), 401, "invalid_token");
  for (const each of others) {
    await each.goto("/account");
    await expect(each).toHaveURL(/\/signin/);
  }
  await page.getByRole("link", { name: t("nav.home") }).click();
  await expect(page).toHaveURL(HOME);
});

test.describe("the account page", () => {
  test("asks before signing out everywhere, which ends this browser, the other one and the scripts", async ({
    page,
    browser,
    stack,
    baseURL,
    t,
  }) => {
    const user = await signedInPerson(page, stack);
    const other = await browser.newPage({ baseURL });
    await openSessionIn(other.context(), baseURL, user);
    await other.goto(HOME);
    const api = await apiOf(stack, user);
    await page.goto("/account");
    const opener = page.getByRole("button", { name: t("account.endAll") });
    await opener.click();
    const dialog = page.getByRole("dialog", { name: t("account.endAllTitle") });
    await expect(dialog).toBeVisible();
    await expectNoViolations(page, "signing out everywhere");
    await dialog.getByRole("button", { name: t("common.cancel") }).click();
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
    await page.reload();
    await opener.click();
    await dialog.getByRole("button", { name: t("account.endAll") }).click();
    await expect(page).toHaveURL(/\/signin/);
    await expect(page.getByText(t("notices.signed_out_everywhere"))).toBeVisible();
    await other.getByRole("link", { name: t("nav.account") }).click();
    await expect(other).toHaveURL(/\/signin/);
    expectProblem(await api.get("/api/user/me"), 401, "invalid_token");
  });

  test("says how the second step stands, that it has changed, and asks for the password first", async ({
    page,
    stack,
    t,
  }) => {
    const user = await signedInPerson(page, stack);
    await page.goto("/account");
    const step = page.getByRole("heading", { name: t("account.secondStep") }).locator("..");
    await expect(step).toContainText(t("account.off"));
    await page.getByRole("button", { name: t("account.setUp") }).click();
    const again = page.getByLabel(t("account.passwordAgain"), { exact: true });
    await expect(again).toBeFocused();
    await again.fill("Not-my-passw0rd!");
    await page.keyboard.press("Enter");
    await expect(again).toHaveAccessibleDescription(new RegExp(t("faults.wrong_password")));
    await expect(again).toBeFocused();
    await again.fill(user.password);
    await page.keyboard.press("Enter");
    const secret = (await page.locator("code").textContent()) ?? "";
    const app = new Authenticator(secret.replace(/\s/g, ""));
    await page.getByLabel(t("account.appCode")).fill(app.code());
    await page.keyboard.press("Enter");
    await expect(toastOf(page, t)).toContainText(t("account.appIsOn"));
    await expect(step).toContainText(t("account.on"));
    const turnOff = page.getByRole("button", { name: t("account.turnOff") });
    await expect(turnOff).toBeFocused();
    await page.keyboard.press("Enter");
    await again.fill(user.password);
    await page.keyboard.press("Enter");
    await expect(toastOf(page, t)).toContainText(t("account.appIsOff"));
    const changes = page.getByRole("list", { name: t("account.changes") }).getByRole("listitem");
    await expect(changes.nth(0)).toContainText(t("accountNotices.authenticator_removed"));
    await expect(changes.nth(1)).toContainText(t("accountNotices.authenticator_added"));
    await expect(step).toContainText(t("account.off"));
    await expect(page.getByRole("button", { name: t("account.setUp") })).toBeFocused();
  });
});
