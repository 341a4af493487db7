import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { toastOf } from "../support/page";
import { openSessionIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { SingleSignOnPage } from "./set-up";

// A pool of its own: where one tenant has single sign-on, the sign-in page is another one for all.
test.use({ stackOptions: { pool: {} } });

test("an operator has a domain count by their word, and lets passwords in again where a tenant is shut out", async ({
  page,
  browser,
  baseURL,
  locale,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const domain = `${tenant}.example`;
  await signedInPerson(page, stack, { tenant, groups: ["admin"], email: `chief@${domain}` });
  const dora = await newUser(stack, { tenant, email: `dora@${domain}` });
  const own = await SingleSignOnPage.open(page, stack);
  await own.saveProvider("oidc", tenant);
  await own.test("Alice Abe");
  await expect(page).toHaveURL(/test=passed/);
  await own.addDomain(domain);

  const ofOwn = { ...(baseURL !== undefined && { baseURL }), ...(locale !== undefined && { locale }) };
  const operator = await (await browser.newContext(ofOwn)).newPage();
  await signedInPerson(operator, stack, { groups: ["operator"] });
  await operator.goto(`/tenants/${tenant}`);
  const dialog = operator.getByRole("dialog");
  const press = (key: Parameters<typeof t>[0]) =>
    operator.getByRole("button", { name: t(key), exact: true }).click();
  await expect(operator.getByRole("button", { name: t("tenants.passwords") })).toHaveCount(0);
  await press("tenants.domain");
  await dialog.getByLabel(t("tenants.domainLabel"), { exact: true }).fill("nobody-names-it.example");
  await dialog.getByRole("button", { name: t("tenants.domainNow"), exact: true }).click();
  await expect(dialog).toContainText(t("tenants.domainNot"));
  await dialog.getByLabel(t("tenants.domainLabel"), { exact: true }).fill(domain);
  await dialog.getByRole("button", { name: t("tenants.domainNow"), exact: true }).click();
  await expect(toastOf(operator, t)).toContainText(domain);

  await page.goto("/single-sign-on");
  await own.change("turnOn");
  await own.change("require");
  await expect(toastOf(page, t)).toContainText(t("singleSignOn.isRequired"));
  const doras = await (await browser.newContext(ofOwn)).newPage();
  await operator.reload();
  await expectNoViolations(operator, "a tenant that requires single sign-on");
  await press("tenants.passwords");
  await dialog.getByRole("button", { name: t("tenants.passwordsNow"), exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(operator.getByRole("button", { name: t("tenants.passwords") })).toHaveCount(0);
  await openSessionIn(doras.context(), stack.application.url, dora);
  await doras.goto(HOME);
  await expect(doras.getByRole("heading", { level: 1 })).toHaveText(t("home.title"));
  await own.leaveOff();
  await Promise.all([operator, doras].map((each) => each.context().close()));
});
