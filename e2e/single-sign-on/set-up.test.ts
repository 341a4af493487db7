import type { Browser } from "@playwright/test";
import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { openOwnMenu, rowOf, toastOf } from "../support/page";
import { fillSignIn, openSessionIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { chooseAtProvider, goToCompany, type Kind, SingleSignOnPage } from "./set-up";

// A pool of its own: where one tenant has single sign-on, the sign-in page is another one for all.
test.use({ stackOptions: { pool: {} } });

/** Somebody at a browser of their own. */
async function another(browser: Browser, baseURL: string | undefined, locale: string | undefined) {
  const context = await browser.newContext({
    ...(baseURL !== undefined && { baseURL }),
    ...(locale !== undefined && { locale }),
  });
  return context.newPage();
}

for (const kind of ["oidc", "saml"] satisfies Kind[]) {
  test(`an administrator sets single sign-on up by ${kind}, a newcomer comes in, it is required, and switched off again`, async ({
    page,
    browser,
    baseURL,
    locale,
    stack,
    t,
  }) => {
    const tenant = newTenant();
    const domain = `${tenant}.example`;
    const chief = await signedInPerson(page, stack, { tenant, groups: ["admin"], email: `chief@${domain}` });
    const dora = await newUser(stack, { tenant, email: `dora@${domain}` });
    await page.goto(HOME);
    await (await openOwnMenu(page)).getByRole("link", { name: t("nav.single-sign-on") }).click();
    await expect(page).toHaveURL("/single-sign-on");
    const own = await SingleSignOnPage.open(page, stack);
    await expectNoViolations(page, "single sign-on, with nothing done");
    await expect(own.step("stateTitle")).toContainText(t("singleSignOn.needsProvider"));

    await own.saveProvider(kind, tenant);
    await own.test("Alice Abe");
    await expect(page).toHaveURL(/\/single-sign-on\?test=passed/);
    await expect(own.step("testTitle")).toContainText(`alice@${domain}`);
    // It was theirs alone, and left nothing.
    await page.goto("/members");
    await expect(rowOf(page, `chief@${domain}`)).toBeVisible();
    await expect(rowOf(page, `alice@${domain}`)).toHaveCount(0);
    await page.goto("/single-sign-on");

    const record = await own.addDomain(domain);
    expect(record.name).toBe(`_sekisho-challenge.${domain}`);
    await own.check(domain);
    await expect(page.getByRole("main").getByRole("alert")).toContainText(t("errors.domain_unproved"));
    await expectNoViolations(page, "single sign-on, with an unproved domain");
    stack.textRecords.set(record.name, [record.value]);
    await own.check(domain);
    await expect(toastOf(page, t)).toContainText(t("singleSignOn.domainProved", { domain }));

    await own.step("newcomersTitle").getByLabel(t("singleSignOn.role")).selectOption("member");
    await page.getByRole("button", { name: t("singleSignOn.saveRole") }).click();
    await expect(toastOf(page, t)).toContainText(t("singleSignOn.roleSaved"));
    await own.change("turnOn");
    await expect(toastOf(page, t)).toContainText(t("singleSignOn.isOn"));

    const bob = await another(browser, baseURL, locale);
    await bob.goto("/account?from=mail");
    await goToCompany(bob, `bob@${domain}`);
    await chooseAtProvider(bob, "Bob Brown");
    await expect(bob).toHaveURL("/account?from=mail");
    await expect(bob.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
    await expect(bob.getByText(tenant, { exact: true }).first()).toBeVisible();
    await page.goto("/members");
    await expect(rowOf(page, `bob@${domain}`)).toContainText(t("roles.member"));
    await expect(rowOf(page, `bob@${domain}`)).toContainText(t("members.byCompany"));
    await expect(rowOf(page, `chief@${domain}`)).not.toContainText(t("members.byCompany"));

    // A password goes on until it is required, and stops at once then.
    const doras = await another(browser, baseURL, locale);
    await openSessionIn(doras.context(), stack.application.url, dora);
    await doras.goto(HOME);
    await expect(doras.getByRole("heading", { level: 1 })).toHaveText(t("home.title"));
    await page.goto("/single-sign-on");
    await own.change("require");
    await expect(toastOf(page, t)).toContainText(t("singleSignOn.isRequired"));
    await expect(own.step("stateTitle")).toContainText(t("singleSignOn.requiredWords"));
    await expectNoViolations(page, "single sign-on, required");
    const refusal = t("errors.single_sign_on_required");
    await doras.goto(HOME);
    await expect(doras.getByRole("heading", { level: 1 })).toHaveText(t("noTenant.required"));
    await doras.getByRole("button", { name: t("nav.signOut") }).click();
    await doras.getByRole("button", { name: t("signin.byPassword") }).click();
    await fillSignIn(doras, dora);
    await expect(doras.getByRole("alert").filter({ hasText: refusal })).toBeVisible();
    await bob.reload();
    await expect(bob.getByRole("heading", { level: 1 })).toHaveText(t("account.title"));

    const emergency = await another(browser, baseURL, locale);
    await emergency.goto("/signin");
    await emergency.getByRole("button", { name: t("signin.byPassword") }).click();
    await fillSignIn(emergency, chief);
    await expect(emergency).toHaveURL(HOME);
    const again = await SingleSignOnPage.open(emergency, stack);
    await again.change("turnOff");
    await expect(toastOf(emergency, t)).toContainText(t("singleSignOn.isOff"));
    await bob.goto(HOME);
    await expect(bob.getByRole("heading", { level: 1 })).toHaveText(t("noTenant.refused"));
    // The sign-in page is as it always was, within seconds.
    await expect(async () => {
      await doras.goto("/signin");
      await expect(doras.getByLabel(t("forms.password"), { exact: true })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await fillSignIn(doras, dora);
    await expect(doras).toHaveURL(HOME);
    await Promise.all([bob, doras, emergency].map((each) => each.context().close()));
  });
}
