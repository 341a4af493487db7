import { HOME } from "../../lib/home";
import { Api } from "../support/api";
import { expectNoViolations } from "../support/axe";
import { hold } from "../support/hold";
import { fillSignIn, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { chooseAtProvider, goToCompany, SingleSignOnPage } from "./set-up";

// A pool of its own: where one tenant has single sign-on, the sign-in page is another one for all.
test.use({ stackOptions: { pool: {} } });

test("the sign-in page asks for the address first, sends some to their company and asks the others for a password", async ({
  page,
  browser,
  stack,
  baseURL,
  locale,
  t,
}) => {
  const tenant = newTenant();
  const domain = `${tenant}.example`;
  const other = await newUser(stack, { tenant: newTenant() });
  const admin = await browser.newContext({ baseURL: String(baseURL), locale: String(locale) });
  const adminPage = await admin.newPage();
  await signedInPerson(adminPage, stack, { tenant, groups: ["admin"] });
  const own = await SingleSignOnPage.open(adminPage, stack);
  await own.saveProvider("oidc", tenant);
  await own.test("Alice Abe");
  await own.prove(domain);
  await own.change("turnOn");

  // Whoever has an account, and whoever has none, is told the same.
  const api = new Api(String(baseURL));
  const wayOf = async (email: string) => (await api.post("/api/user/sign-in-way", { email })).body;
  expect(await wayOf(`alice@${domain}`)).toEqual({ way: "single_sign_on", identifier: domain });
  expect(await wayOf(`nobody@${domain}`)).toEqual(await wayOf(`alice@${domain}`));
  expect(await wayOf(other.email)).toEqual({ way: "password" });
  expect(await wayOf("nobody@people.example")).toEqual({ way: "password" });

  await page.goto("/signin?callbackUrl=/account");
  const goOn = page.getByRole("button", { name: t("signin.goOn"), exact: true });
  await goToCompany(page, "bob");
  await expect(page.getByLabel(t("forms.email"))).toHaveAccessibleDescription(t("faults.not_an_email"));
  await expectNoViolations(page, "the sign-in page, with the address alone");

  // Pressed twice, asked once; and the way back is a way back.
  const requests = await hold(page, "/api/user/sign-in-way");
  await page.getByLabel(t("forms.email")).fill(`bob@${domain}`);
  await goOn.dblclick();
  await page.getByLabel(t("forms.email")).press("Enter");
  await expect.poll(requests.count).toBe(1);
  requests.release();
  await expect(page.getByRole("button", { name: /^Bob Brown/ })).toBeVisible();
  expect(requests.count()).toBe(1);
  await page.goBack();
  await expect(goOn).toBeEnabled();
  await expect(page).toHaveURL(/\/signin\?callbackUrl=\/account/);

  // An address that the company itself has not verified is nobody's.
  await goToCompany(page, `carol@${domain}`);
  await chooseAtProvider(page, "Carol Cole");
  await expect(page.getByText(t("errors.single_sign_on_refused"))).toBeVisible();

  // Another domain: the password, with the address kept; a third one is asked about anew.
  await goToCompany(page, other.email);
  const password = page.getByLabel(t("forms.password"), { exact: true });
  await expect(password).toBeFocused();
  await expect(page.getByLabel(t("forms.email"))).toHaveValue(other.email);
  await fillSignIn(page, { email: `bob@${domain}`, password: "whatever" });
  await expect(page.getByRole("button", { name: /^Bob Brown/ })).toBeVisible();
  await page.goto("/signin");
  await goToCompany(page, other.email);
  await fillSignIn(page, other);
  await expect(page).toHaveURL(HOME);
  await own.leaveOff();
  await admin.close();
});
