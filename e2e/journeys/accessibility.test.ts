import type { Page } from "@playwright/test";
import { Alert } from "../../lib/alerts/contract";
import { turnOnAuthenticator } from "../support/authenticator";
import { expectNoViolations } from "../support/axe";
import { openSession } from "../support/browser-session";
import { withFault } from "../support/cognito-controls";
import { addItems, apiIn, apiOf, fillSignIn, signedInPerson } from "../support/person";
import { addPhone, newPhone, userWithTwoFactors } from "../support/second-factors";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { openerOf } from "../support/words";

/** Every page and state through axe-core, in light and dark. What needs a stack of its own is looked at where that is. */
test.describe.configure({ mode: "parallel" });

test("signing in hinders nobody", async ({ page, stack, t }) => {
  await openPage(page, "/signin?error=session_ended");
  await expectNoViolations(page, "sign-in with a notice");
  await page.getByRole("button", { name: t("preferences.open") }).click();
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
  await expect(page.getByText(t("faults.email"))).toBeVisible();
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

test("home and the items hinder nobody", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await openPage(page, "/home");
  await expectNoViolations(page, "home, empty");
  await openPage(page, "/items");
  await expectNoViolations(page, "items, empty");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByText(t("faults.required"))).toBeVisible();
  await expectNoViolations(page, "new item with a fault");

  const [id] = await addItems(api, ["Lantern"]);
  await api.post("/api/items", { name: "Gate", description: "Oak" });
  await api.post("/api/alerts", { title: "Fire", severity: "critical" });
  await openPage(page, "/home");
  await expectNoViolations(page, "home");
  await openPage(page, "/items");
  await expectNoViolations(page, "items");
  await page.getByRole("button", { name: t("items.keys") }).click();
  await expectNoViolations(page, "keys");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  await expectNoViolations(page, "item");
  await api.patch(`/api/items/${id}`, { name: "Their change" });
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByText(t("items.conflict"))).toBeVisible();
  await expectNoViolations(page, "item in conflict");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("items.deleteNamed", { name: "Gate" }) }).click();
  await expect(page.getByRole("button", { name: t("items.undo") })).toBeVisible();
  await expectNoViolations(page, "items with a message");
  await page.getByRole("searchbox").fill("nowhere");
  await expect(page.getByText(t("items.nothingFound"))).toBeVisible();
  await expectNoViolations(page, "items, nothing found");
});

test("the alerts hinder nobody", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await openPage(page, "/alerts?status=acknowledged");
  await expectNoViolations(page, "alerts, empty");
  const ids: string[] = [];
  for (const severity of ["info", "warning", "critical", "critical"]) {
    const title = `Smoke ${ids.length + 1}`;
    ids.push(
      Alert.parse((await api.post("/api/alerts", { title, severity, detail: "At the gate" })).body).id,
    );
  }
  await api.patch(`/api/alerts/${ids[0]}`, { status: "acknowledged" });
  await api.patch(`/api/alerts/${ids[1]}`, { status: "resolved" });
  await openPage(page, "/alerts");
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  await page.getByText(t("alerts.asTable")).click();
  await page.getByLabel(t("alerts.select", { title: "Smoke 3" })).check();
  await page.getByLabel(t("alerts.select", { title: "Smoke 1" })).check();
  await expectNoViolations(page, "alerts, with the numbers and some selected");
  await page.getByRole("button", { name: t("alerts.raise") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("alerts.raise") })
    .click();
  await expect(page.getByText(t("faults.required"))).toBeVisible();
  await expectNoViolations(page, "raising an alert, with a fault");

  await page.route("**/api/alerts/stream*", (route) => route.abort());
  await openPage(page, "/alerts?source=manual");
  await expect(page.getByText(t("alerts.notLive"))).toBeVisible();
  await api.patch(`/api/alerts/${ids[3]}`, { status: "resolved" });
  await page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title: "Smoke 4" }) }).click();
  await expect(page.getByText(t("alerts.moved"))).toBeVisible();
  await expectNoViolations(page, "alerts, not live, one refused");
});

test("the members and the audit log hinder nobody", async ({ page, stack, t }) => {
  const tenant = newTenant();
  const user = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, user);
  const email = `${tenant}@people.example`;
  await api.post("/api/members", { email, role: "viewer" });
  await openPage(page, "/members");
  await expectNoViolations(page, "members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page.getByText(t("faults.email"))).toBeVisible();
  await expectNoViolations(page, "inviting, with a fault");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: t("members.manageNamed", { email }) }).click();
  await page.getByRole("button", { name: t("members.resend") }).click();
  await expect(page.getByText(t("members.resendDone"))).toBeVisible();
  await expectNoViolations(page, "a member, after something was done");
  await page.getByRole("button", { name: t("members.remove") }).click();
  await expect(page.getByRole("button", { name: t("members.removeNow"), exact: true })).toBeVisible();
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
  await expect(page.getByText(t("faults.code"))).toBeVisible();
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
  await openPage(page, "/home");
  await expect(page.getByRole("heading", { name: t("failure.addressTitle") })).toBeVisible();
  await expectNoViolations(page, "address that is not valid");
  await page.setExtraHTTPHeaders({ "X-Tenant-Id": newTenant() });
  await openPage(page, "/home");
  await expect(page.getByRole("heading", { name: t("noTenant.other") })).toBeVisible();
  await expectNoViolations(page, "another tenant's address");
  await page.setExtraHTTPHeaders({});
  await openPage(page, "/items");
  await page.context().setOffline(true);
  await expect(page.getByText(t("failure.offlineTitle"))).toBeVisible();
  await expectNoViolations(page, "items of a viewer, offline");
});

/** Goes to a page and waits until it can be used: a button takes no press before the script runs. */
async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("header button:disabled, form button:disabled")).toHaveCount(0);
}
