import { AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { HOME } from "../../lib/home";
import { Authenticator } from "../support/authenticator";
import { expectNoViolations } from "../support/axe";
import { later } from "../support/cognito-controls";
import { cookieNameAt } from "../support/cookie-name";
import { hold } from "../support/hold";
import { newestCode } from "../support/mailbox";
import { openOwnMenu } from "../support/page";
import { fillSignIn } from "../support/person";
import { userWithAuthenticator, userWithTwoFactors } from "../support/second-factors";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";
import { type Words, weakPassword } from "../support/words";

test.describe("in the browser", () => {
  test("erin types the code of her authenticator app, and comes back to where she was going", async ({
    page,
    t,
  }) => {
    const app = new Authenticator("JBSWY3DPEHPK3PXP");
    app.code(); // Shown when the app was set up.
    await page.goto("/account?from=erin");
    await fillSignIn(page, { email: "erin@acme.example", password: DEMO_PASSWORD });
    await expect(page.getByRole("heading", { name: t("challenge.enterCode") })).toBeVisible();
    await expect(page.getByText("erin@acme.example")).toBeVisible();
    await answer(page, t, app.wrongCode());
    await expect(page.getByLabel(t("challenge.code"))).toHaveAccessibleDescription(t("faults.wrong_code"));
    await expect(page.getByLabel(t("challenge.code"))).toBeFocused();
    const code = app.code();
    await answer(page, t, `${code.slice(0, 3)} ${code.slice(3)}`);
    await expect(page).toHaveURL("/account?from=erin");
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(
      cookieNameAt(page.url(), "challenge"),
    );
  });

  test("a sign-in of two steps puts nothing into the console, and each step has its title", {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    const { user, app } = await userWithAuthenticator(stack);
    await page.goto("/signin");
    await expect(page).toHaveTitle(`${t("signin.title")} · Sekisho`);
    await fillSignIn(page, user);
    await expect(page).toHaveTitle(`${t("challenge.enterCode")} · Sekisho`);
    await answer(page, t, app.code());
    await expect(page).toHaveURL(HOME);
    expect(said).toEqual([]);
  });

  test("a code of an authenticator app never works twice", { tag: ONCE }, async ({
    page,
    stack,
    browser,
    baseURL,
    t,
  }) => {
    const { user, app } = await userWithAuthenticator(stack);
    await page.goto("/signin");
    await fillSignIn(page, user);
    const code = app.code();
    await answer(page, t, code);
    await expect(page).toHaveURL(HOME);
    const onlooker = await browser.newPage({ baseURL });
    await onlooker.goto("/signin");
    await fillSignIn(onlooker, user);
    await answer(onlooker, t, code);
    await expect(onlooker.getByText(t("errors.code_rejected"))).toBeVisible();
    // It is the third within seconds: good by then.
    await later(stack, 30, async () => {
      await answer(onlooker, t, app.code(30));
      await expect(onlooker).toHaveURL(HOME);
    });
  });

  test("sam types the code that was texted to him", async ({ page, stack, t }) => {
    await page.goto(HOME);
    await fillSignIn(page, { email: "sam@acme.example", password: DEMO_PASSWORD });
    await expect(page.getByText(texted(t))).toBeVisible();
    const code = await newestCode(stack, "+819012345678");
    await answer(page, t, code === "000000" ? "111111" : "000000");
    await expect(page.getByText(t("errors.code_rejected"))).toBeVisible();
    await answer(page, t, code);
    await expect(page).toHaveURL(HOME);
    await expect((await openOwnMenu(page)).getByText("sam@acme.example")).toBeVisible();
  });

  test("a temporary password is replaced first, then the second factor is asked for", { tag: ONCE }, async ({
    page,
    stack,
    t,
  }) => {
    const { user, app } = await userWithAuthenticator(stack);
    await withCognito(stack, (client, UserPoolId) =>
      client.send(
        new AdminSetUserPasswordCommand({ UserPoolId, Username: user.email, Password: user.password }),
      ),
    );
    await page.goto("/account");
    await fillSignIn(page, user);
    await page.getByLabel(t("forms.newPassword")).fill("weak");
    await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
    await expect(page.getByLabel(t("forms.newPassword"))).toHaveAccessibleDescription(weakPassword(t));
    await page.getByLabel(t("forms.newPassword")).fill(`New-${user.password}`);
    await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
    await expect(page.getByRole("heading", { name: t("challenge.enterCode") })).toBeVisible();
    await answer(page, t, app.code());
    await expect(page).toHaveURL("/account");
  });

  test("where everybody needs a second factor, one is set up while signing in, and asked for the next time", {
    tag: ONCE,
  }, async ({ browser, strict, t }) => {
    const baseURL = strict.application.url;
    const user = await newUser(strict, { tenant: newTenant(), temporary: true });
    const page = await browser.newPage({ baseURL });
    await page.goto("/account");
    await fillSignIn(page, user);
    const renewed = { ...user, password: `New-${user.password}` };
    await page.getByLabel(t("forms.newPassword")).fill(renewed.password);
    await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
    await expect(page.getByRole("img", { name: t("forms.qrCode") })).toBeVisible();
    await expectNoViolations(page, "setting up an authenticator app");
    const app = new Authenticator(((await page.locator("code").textContent()) ?? "").replace(/\s/g, ""));
    await answer(page, t, app.wrongCode());
    await expect(page.getByText(t("errors.code_rejected"))).toBeVisible();
    await answer(page, t, app.code());
    await expect(page).toHaveURL("/account");

    const again = await browser.newPage({ baseURL });
    await again.goto("/signin");
    await fillSignIn(again, renewed);
    await expect(again.getByRole("heading", { name: t("challenge.enterCode") })).toBeVisible();
    await answer(again, t, app.code());
    await expect(again).toHaveURL(HOME);
  });

  test("whoever has two factors chooses one", async ({ page, stack, t }) => {
    const { user } = await userWithTwoFactors(stack);
    await page.goto("/signin?callbackUrl=/account");
    await fillSignIn(page, user);
    await expect(page.getByRole("heading", { name: t("challenge.select") })).toBeVisible();
    const texting = page.getByRole("button", { name: t("challenge.text") });
    const request = await hold(page, "/api/auth/callback/challenge");
    await expect(texting).toBeEnabled();
    await texting.press("Enter");
    await texting.press("Enter");
    await expect(texting).toBeFocused();
    await expect(page.getByRole("button", { name: t("challenge.app") })).toBeDisabled();
    await expect.poll(request.count).toBe(1);
    request.release();
    await expect(page.getByText(texted(t))).toBeVisible();
    await answer(page, t, await newestCode(stack, user.phone));
    await expect(page).toHaveURL("/account");
  });

  test("a step that took too long leads back to the sign-in, and from there to where one was going", async ({
    page,
    stack,
    t,
  }) => {
    const { user, app } = await userWithAuthenticator(stack);
    await page.goto("/account");
    await fillSignIn(page, user);
    await expect(page.getByLabel(t("challenge.code"))).toBeVisible();
    await later(stack, 4 * 60, async () => {
      await answer(page, t, app.code());
      await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Faccount&error=challenge_expired/);
    });
    await expect(page.getByText(t("errors.challenge_expired"))).toBeVisible();
    await fillSignIn(page, user);
    await answer(page, t, app.untakenCode());
    await expect(page).toHaveURL("/account");
  });
});

async function answer(page: Page, t: Words, code: string): Promise<void> {
  await page.getByRole("textbox", { name: t("challenge.code") }).fill(code);
  await page.getByRole("button", { name: t("challenge.continue") }).click();
}

/** Says that a code was texted, and of the number no more than its end. */
function texted(t: Words): RegExp {
  const words = t.markup("challenge.textWords", { strong: (phone) => phone, phone: "NUMBER" });
  return new RegExp(words.replaceAll(".", "\\.").replace("NUMBER", String.raw`\+\*+\d{4}`));
}
