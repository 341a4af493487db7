import { HOME } from "../../lib/home";
import { withFault } from "../support/cognito-controls";
import { rowsOf } from "../support/page";
import { apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const TROUBLES = [
  { kind: "throttled" },
  { kind: "error" },
  { kind: "reset" },
  { kind: "slow", delayMs: 8_000 },
] as const;

for (const trouble of TROUBLES) {
  test(`while Cognito is ${trouble.kind}, the sign-in page says to try again and keeps what was typed`, {
    tag: trouble.kind === "throttled" ? [] : ONCE,
  }, async ({ page, stack, t }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    await page.goto("/signin?callbackUrl=/account");
    await withFault(stack, { target: "AdminInitiateAuth", ...trouble }, async () => {
      await fillSignIn(page, user);
      await expect(page.getByText(t("errors.cognito_unavailable"))).toBeVisible();
    });
    await expect(page.getByLabel(t("forms.email"))).toHaveValue(user.email);
    await expect(page.getByLabel(t("account.password"), { exact: true })).toHaveValue(user.password);
    await page.getByRole("button", { name: t("signin.title"), exact: true }).click();
    await expect(page).toHaveURL("/account");
  });
}

test("nobody is signed out by it, and the account page tells what it cannot do", async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  await withFault(stack, { kind: "error" }, async () => {
    await page.goto(HOME);
    await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
    await page.goto("/account");
    await expect(page.getByText(t("failure.signIn"))).toBeVisible();
    // Within the frame, which leads on.
    await page
      .getByRole("banner")
      .getByRole("link", { name: t("nav.home") })
      .click();
    await expect(page).toHaveURL(HOME);
  });
  await page.goto("/account");
  await withFault(stack, { kind: "error" }, async () => {
    await page.getByLabel(t("account.currentPassword")).fill(user.password);
    await page.getByLabel(t("forms.newPassword")).fill("Chosen-Passw0rd!");
    await page.getByRole("button", { name: t("account.changePassword") }).click();
    await expect(page.getByText(t("errors.cognito_unavailable"))).toBeVisible();
  });
  await page.goto(HOME);
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
});

test("without a connection every page says so, and is brought up to date when there is one again", async ({
  page,
  context,
  stack,
  t,
}) => {
  const notice = page.getByRole("status").filter({ hasText: t("failure.offlineTitle") });
  await page.goto("/signin");
  await context.setOffline(true);
  await expect(notice).toContainText(t("failure.offline"));
  await context.setOffline(false);
  await expect(notice).toHaveCount(0);

  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  const api = await apiOf(stack, user);
  await page.goto("/members");
  await expect(rowsOf(page)).toContainText([user.email]);
  await context.setOffline(true);
  await expect(notice).toContainText(t("failure.offline"));
  await api.post("/api/members", { email: `zoe-${user.email}` });
  await context.setOffline(false);
  await expect(notice).toHaveCount(0);
  await expect(rowsOf(page)).toContainText([`zoe-${user.email}`, user.email]);
});
