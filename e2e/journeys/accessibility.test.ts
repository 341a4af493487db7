import { HOME } from "../../lib/home";
import { turnOnAuthenticator } from "../support/authenticator";
import { expectNoViolations, openPage } from "../support/axe";
import { openSession } from "../support/browser-session";
import { withFault } from "../support/cognito-controls";
import { apiIn, apiOf, fillSignIn, signedInPerson } from "../support/person";
import { addPhone, newPhone, userWithTwoFactors } from "../support/second-factors";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** Every page and state through axe-core, in light and dark. What needs a stack of its own is looked at where that is. */
test.describe.configure({ mode: "parallel" });

test("signing in hinders nobody", async ({ page, stack, t }) => {
  await openPage(page, "/signin?error=session_ended");
  await expectNoViolations(page, "sign-in with a notice");
  await page.getByRole("button", { name: t("preferences.theme") }).click();
  await expectNoViolations(page, "preferences");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("signin.submit"), exact: true }).click();
  await expect(page.getByText(t("signin.noPassword"))).toBeVisible();
  await page
    .getByLabel(t("forms.password"), { exact: true })
    .dispatchEvent("keydown", { modifierCapsLock: true });
  await expect(page.getByText(t("ui.capsLock"))).toBeVisible();
  await expectNoViolations(page, "sign-in with faults and Caps Lock");
  await fillSignIn(page, { email: "nobody-knows@acme.example", password: "Wr0ng!password" });
  await expect(page.getByText(t("errors.invalid_credentials"))).toBeVisible();
  await expectNoViolations(page, "sign-in refused");

  await fillSignIn(page, await newUser(stack, { tenant: newTenant(), temporary: true }));
  await expect(page.getByRole("heading", { name: t("challenge.newPassword") })).toBeVisible();
  await expectNoViolations(page, "new password");
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page.getByText(t("challenge.noPassword"))).toBeVisible();
  await expectNoViolations(page, "new password with a fault");
});

test("a second factor hinders nobody", async ({ page, stack, t }) => {
  const { user } = await userWithTwoFactors(stack);
  await openPage(page, "/signin");
  await fillSignIn(page, user);
  await expect(page.getByRole("heading", { name: t("challenge.select") })).toBeVisible();
  await expectNoViolations(page, "choice of a factor");
  await page.getByRole("button", { name: t("challenge.text") }).click();
  await expect(page.getByRole("heading", { name: t("challenge.enterCode") })).toBeVisible();
  await expectNoViolations(page, "code");
  await page.getByRole("button", { name: t("challenge.continue") }).click();
  await expect(page.getByText(t("challenge.noCode"))).toBeVisible();
  await expectNoViolations(page, "code with a fault");
});

test("a forgotten password hinders nobody", async ({ page, t }) => {
  await openPage(page, "/forgot-password");
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await expect(page.getByText(t("faults.not_an_email"))).toBeVisible();
  await expectNoViolations(page, "asking for a code, with a fault");
  await page.getByLabel(t("forms.email")).fill("nobody-knows@acme.example");
  await page.getByRole("button", { name: t("forgotPassword.send") }).click();
  await expect(page.getByLabel(t("forgotPassword.code"))).toBeVisible();
  await expectNoViolations(page, "using the code");
  await page.getByLabel(t("forgotPassword.code")).fill("123456");
  await page.getByLabel(t("forms.newPassword")).fill("Chosen-Passw0rd!");
  await page.getByRole("button", { name: t("forgotPassword.change") }).click();
  await expect(page.getByText(t("faults.old_code"))).toBeVisible();
  await expectNoViolations(page, "using the code, with a fault");
  await openPage(page, "/forgot-password?step=code");
  await expect(page.getByLabel(t("forgotPassword.code"))).toBeVisible();
  await expectNoViolations(page, "entering a code that one has");
});

test("home, the members and the audit log hinder nobody", async ({ page, stack, t }) => {
  const tenant = newTenant();
  const user = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, user);
  const email = `${tenant}@people.example`;
  await api.post("/api/members", { email, role: "viewer" });
  await openPage(page, HOME);
  await expectNoViolations(page, "home");
  await openPage(page, "/members");
  await expectNoViolations(page, "members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page.getByText(t("faults.not_an_email"))).toBeVisible();
  await expectNoViolations(page, "inviting, with a fault");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("members.manageNamed", { email }) }).click();
  await page.getByRole("button", { name: t("members.resend") }).click();
  await expect(page.getByText(t("members.resendDone"))).toBeVisible();
  await expectNoViolations(page, "a member, after something was done");
  await page.getByRole("button", { name: t("members.withdraw") }).click();
  await expect(page.getByRole("button", { name: t("members.withdrawNow"), exact: true })).toBeVisible();
  await expectNoViolations(page, "removing a member");
  await openPage(page, "/members?q=nobody");
  await expectNoViolations(page, "members, nobody fits");
  await openPage(page, "/audit");
  await expectNoViolations(page, "audit log");
  await openPage(page, "/audit?actor=nobody");
  await expectNoViolations(page, "audit log, nothing fits");
});

test("the account page hinders nobody", async ({ page, stack, baseURL, t }) => {
  const user = await signedInPerson(page, stack);
  await openSession(baseURL, user.email, user.password);
  await openPage(page, "/account");
  await page.getByLabel(t("account.currentPassword")).fill("Not-my-passw0rd!");
  await page.getByLabel(t("forms.newPassword")).fill("Chosen-Passw0rd!");
  await page.getByRole("button", { name: t("account.changePassword") }).click();
  await expect(page.getByText(t("faults.wrong_password"))).toBeVisible();
  await page.getByRole("button", { name: t("account.setUp") }).click();
  const again = page.getByLabel(t("account.passwordAgain"), { exact: true });
  await again.fill("Not-my-passw0rd!");
  await page.getByRole("button", { name: t("account.goOn") }).click();
  await expect(again).toHaveAccessibleDescription(new RegExp(t("faults.wrong_password")));
  await expectNoViolations(page, "account, with two wrong passwords");
  await again.fill(user.password);
  await page.getByRole("button", { name: t("account.goOn") }).click();
  await page.getByLabel(t("account.appCode")).fill("12");
  await page.getByRole("button", { name: t("account.turnOn") }).click();
  await expect(page.getByText(t("faults.not_a_code"))).toBeVisible();
  await expectNoViolations(page, "account, with a wrong password and a wrong code");
  // What is changed in another browser would end this one.
  await turnOnAuthenticator(await apiIn(page, baseURL), user);
  await addPhone(stack, user, newPhone());
  await openPage(page, "/account");
  await expect(page.getByLabel(t("account.preferred"))).toBeVisible();
  await page.getByLabel(t("account.preferred")).selectOption("SMS_MFA");
  await expect(again).toBeFocused();
  await expectNoViolations(page, "account, with two factors");
});

test("trouble hinders nobody", async ({ page, stack, t }) => {
  await signedInPerson(page, stack, { groups: ["viewer"] });
  await openPage(page, "/not/a/page");
  await expectNoViolations(page, "404");
  await openPage(page, "/members");
  await expect(page.getByRole("heading", { name: t("forbidden.title") })).toBeVisible();
  await expectNoViolations(page, "403");
  await withFault(stack, { kind: "error" }, () => openPage(page, "/account"));
  await expect(page.getByText(t("failure.signIn"))).toBeVisible();
  await expectNoViolations(page, "503");
  await page.setExtraHTTPHeaders({ "X-Tenant-Id": "No Tenant!" });
  await openPage(page, HOME);
  await expect(page.getByRole("heading", { name: t("failure.addressTitle") })).toBeVisible();
  await expectNoViolations(page, "address that is not valid");
  await page.setExtraHTTPHeaders({ "X-Tenant-Id": newTenant() });
  await openPage(page, HOME);
  await expect(page.getByRole("heading", { name: t("noTenant.other") })).toBeVisible();
  await expectNoViolations(page, "another tenant's address");
  await page.setExtraHTTPHeaders({});
  await openPage(page, HOME);
  await expectNoViolations(page, "home of a viewer");
  await page.context().setOffline(true);
  await expect(page.getByText(t("failure.offlineTitle"))).toBeVisible();
  await expectNoViolations(page, "home of a viewer, offline");
});
