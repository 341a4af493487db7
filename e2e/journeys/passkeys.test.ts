import { StartWebAuthnRegistrationCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { PasskeyDevice, suggestNone } from "../support/passkey-device";
import { apiOf, fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { signInPastUs } from "../support/sign-in-past-us";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser, type User, withCognito } from "../support/users";
import type { Words } from "../support/words";

// The local Cognito loads what checks passkeys with the first one, which may take longer than the application waits.
test.beforeAll(async ({ ground }) => {
  const AccessToken = await signInPastUs(ground, await newUser(ground, { tenant: newTenant() }));
  await withCognito(ground, (client) => client.send(new StartWebAuthnRegistrationCommand({ AccessToken })));
});

test("from nothing to signed in: a passkey is added on the account page, named, used, and removed", async ({
  page,
  stack,
  t,
}) => {
  const device = await PasskeyDevice.at(page);
  const user = await signedInPerson(page, stack);
  await addPasskey(page, t, user);
  expect(await device.passkeys()).toHaveLength(1);
  const list = page.getByRole("list", { name: t("account.passkeys") });
  await expect(list).toContainText("Chrome");
  await expect(page.getByRole("list", { name: t("account.changes") })).toContainText(
    t("accountNotices.passkey_added"),
  );
  await expectNoViolations(page, "the account page with a passkey");
  await page.getByRole("button", { name: named(t, "account.renameNamed", "Chrome") }).click();
  await page.getByRole("textbox", { name: t("account.passkeyName") }).fill("Work laptop");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("account.rename") })
    .click();
  await expect(list).toContainText("Work laptop");

  await device.attend(false);
  await signOut(page);
  const asked = page.waitForResponse("**/api/user/passkey-challenge");
  await page.goto("/signin?callbackUrl=/account");
  // What the page asks the device for once its owner is there is answered at once, and no button is pressed.
  await asked;
  await expectNoViolations(page, "the sign-in page with passkeys");
  await device.attend(true);
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page).toHaveURL("/account");
  await expect(page.getByRole("banner")).toContainText(user.email);

  await page.getByRole("button", { name: named(t, "account.removeNamed", "Work laptop") }).click();
  await page.getByLabel(t("account.passwordAgain"), { exact: true }).fill(user.password);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("account.remove") })
    .click();
  await expect(page.getByText(t("account.passkeyRemoved"))).toBeVisible();
  await expect(page.getByText(t("account.noPasskeys"))).toBeVisible();
});

test("the browser suggests a passkey in the e-mail field, and it signs in without anything typed", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  await PasskeyDevice.at(page);
  const user = await signedInPerson(page, stack);
  await addPasskey(page, t, user);
  await signOut(page);
  await page.goto("/signin?callbackUrl=/account");
  await expect(page).toHaveURL("/account");
});

test("a device whose owner is not known here says itself whose its passkey is", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  await suggestNone(page);
  await PasskeyDevice.at(page);
  const user = await signedInPerson(page, stack);
  await addPasskey(page, t, user);
  await page.evaluate(() => localStorage.clear());
  await signOut(page);
  await page.goto("/signin");
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page).toHaveURL(HOME);
  await expect(page.getByRole("banner")).toContainText(user.email);
});

test("of two people at one device, the one signs in whose passkey is used, and no other address is", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  await suggestNone(page);
  const device = await PasskeyDevice.at(page);
  const first = await signedInPerson(page, stack);
  await addPasskey(page, t, first);
  const [ofFirst] = await device.passkeys();
  await device.forget();
  const second = await newUser(stack, { tenant: newTenant() });
  await openSessionIn(page.context(), stack.application.url, second);
  await addPasskey(page, t, second);
  await signOut(page);
  await page.goto("/signin");
  await device.forget();
  if (ofFirst) await device.take(ofFirst);
  // Their address, and somebody else's passkey.
  await page.getByLabel(t("forms.email")).fill(second.email);
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page.getByText(t("errors.passkey_rejected"))).toBeVisible();
  // The second one used a passkey here last: it is the first one's that is chosen.
  await page.getByLabel(t("forms.email")).fill("");
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page).toHaveURL(HOME);
  await expect(page.getByRole("banner")).toContainText(first.email);
});

test("a passkey that was removed at the pool signs nobody in, and the password still does", async ({
  page,
  stack,
  t,
}) => {
  await suggestNone(page);
  await PasskeyDevice.at(page);
  const user = await signedInPerson(page, stack);
  await addPasskey(page, t, user);
  const api = await apiOf(stack, user);
  const [made] = (await api.get("/api/user/passkeys")).body as { id: string }[];
  const removed = await api.send("DELETE", `/api/user/passkeys/${made?.id}`, {
    json: { password: user.password },
  });
  expect(removed.status).toBe(204);
  await signOut(page);
  await page.goto("/signin");
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page.getByText(t("errors.passkey_rejected"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL(HOME);
});

test("where no passkey is used, the page says so and goes on: none, another site's, a holder not recognised", async ({
  page,
  stack,
  t,
}) => {
  await suggestNone(page);
  const device = await PasskeyDevice.at(page);
  const user = await signedInPerson(page, stack);
  await addPasskey(page, t, user);
  const [own] = await device.passkeys();
  if (!own) throw new Error("There is no passkey.");
  await signOut(page);
  await page.goto("/signin");
  const use = page.getByRole("button", { name: t("signin.passkey") });
  const told = page.getByText(t("signin.passkeyNone"));

  await device.recognise(false);
  await use.click();
  await expect(told).toBeVisible();

  await device.forget();
  await page.reload();
  await use.click();
  await expect(told).toBeVisible();

  await device.take({ ...own, rpId: "other.example" });
  await page.reload();
  await use.click();
  await expect(told).toBeVisible();

  await device.recognise(true);
  await device.forget();
  await fillSignIn(page, user);
  await expect(page).toHaveURL(HOME);
});

test("whoever cancels is told so, at both ends", { tag: ONCE }, async ({ page, stack, t }) => {
  await page.addInitScript(() => {
    const cancelled = () => Promise.reject(new DOMException("", "NotAllowedError"));
    Object.assign(CredentialsContainer.prototype, { get: cancelled, create: cancelled });
  });
  await page.goto("/signin");
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page.getByText(t("signin.passkeyNone"))).toBeVisible();
  const user = await signedInPerson(page, stack);
  await page.goto("/account");
  await beginPasskey(page, t, user.password);
  await expect(page.getByText(t("account.passkeyNotMade"))).toBeVisible();
  await expect(page.getByRole("button", { name: t("account.addPasskey") })).toBeFocused();
});

test("a wrong password makes no passkey, and is told beside its field", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const device = await PasskeyDevice.at(page);
  await signedInPerson(page, stack);
  await page.goto("/account");
  await beginPasskey(page, t, "Wr0ng!password");
  await expect(page.getByLabel(t("account.passwordAgain"), { exact: true })).toHaveAccessibleDescription(
    new RegExp(t("faults.wrong_password")),
  );
  expect(await device.passkeys()).toEqual([]);
});

test("a browser that knows no passkeys is offered none, and signs in with the password", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
  const user = await newUser(stack, { tenant: newTenant() });
  await page.goto("/signin?callbackUrl=/account");
  await expect(page.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
  await expect(page.getByRole("button", { name: t("signin.passkey") })).toBeHidden();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/account");
  await expect(page.getByText(t("account.noPasskeys"))).toBeVisible();
  await expect(page.getByRole("button", { name: t("account.addPasskey") })).toBeHidden();
});

test("a browser without WebAuthn's own JSON makes and uses passkeys all the same", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  await page.addInitScript(() => {
    for (const name of ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"])
      Reflect.deleteProperty(PublicKeyCredential, name);
    Reflect.deleteProperty(PublicKeyCredential.prototype, "toJSON");
  });
  await suggestNone(page);
  await PasskeyDevice.at(page);
  const user = await signedInPerson(page, stack);
  await addPasskey(page, t, user);
  await signOut(page);
  await page.goto("/signin");
  await page.getByRole("button", { name: t("signin.passkey") }).click();
  await expect(page).toHaveURL(HOME);
});

test.describe("where Cognito offers no passkeys", () => {
  test.use({ stackOptions: { pool: { passkeys: false } } });

  test("the pages offer none either", { tag: ONCE }, async ({ page, stack, t }) => {
    await page.goto("/signin");
    await expect(page.getByRole("button", { name: t("signin.hosted") })).toBeVisible();
    // Only a script knows of them.
    await expect(page.getByRole("button", { name: t("signin.submit"), exact: true })).toBeEnabled();
    await expect(page.getByRole("button", { name: t("signin.passkey") })).toHaveCount(0);
    await signedInPerson(page, stack);
    await page.goto("/account");
    await expect(page.getByRole("heading", { name: t("account.secondStep") })).toBeVisible();
    await expect(page.getByRole("heading", { name: t("account.passkeys") })).toHaveCount(0);
  });
});

async function addPasskey(page: Page, t: Words, { password }: User): Promise<void> {
  await page.goto("/account");
  await beginPasskey(page, t, password);
  await expect(page.getByText(t("account.passkeyAdded"))).toBeVisible();
}

async function beginPasskey(page: Page, t: Words, password: string): Promise<void> {
  await page.getByRole("button", { name: t("account.addPasskey") }).click();
  await page.getByLabel(t("account.passwordAgain"), { exact: true }).fill(password);
  await page.getByRole("button", { name: t("account.makePasskey") }).click();
}

/** What the browser remembers besides its session stays. */
async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies({ name: /\.session$/ });
}

/** The words about a passkey whose name has this in it. */
function named(t: Words, key: "account.renameNamed" | "account.removeNamed", name: string): RegExp {
  const [before = "", after = ""] = t(key, { name: "|" }).split("|");
  return new RegExp(`${before}.*${name}.*${after}`);
}
