import type { BrowserContext, Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { Api, login } from "./api";
import { openSession } from "./browser-session";
import { newTenant, newUser, type User, type Wanted } from "./users";
import { wordsOn } from "./words";

/** Puts a user's session into a browser, without clicking through the sign-in. */
export async function openSessionIn(context: BrowserContext, url: string, user: User): Promise<void> {
  const cookies = await openSession(url, user.email, user.password);
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
}

/** A browser in which a new user is signed in, by default as the only one of a tenant. */
export async function signedInPerson(
  page: Page,
  { application, pool }: Stack,
  wanted: Wanted = {},
): Promise<User> {
  const user = await newUser({ pool }, { tenant: newTenant(), ...wanted });
  await openSessionIn(page.context(), application.url, user);
  return user;
}

/** The API as the same user, for what happens beside the browser. */
export async function apiOf({ application }: Stack, { email, password }: User): Promise<Api> {
  const { access_token } = await login(application.url, email, password);
  return new Api(application.url).bearer(access_token);
}

/** The API as the session of this browser, as its pages use it. */
export async function apiIn(page: Page, url: string): Promise<Api> {
  const cookies = await page.context().cookies(url);
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return new Api(url).with({ Cookie, Origin: url });
}

/** Fills in the form of the sign-in page and sends it. */
export async function fillSignIn(page: Page, { email, password }: User): Promise<void> {
  const t = await wordsOn(page);
  await page.getByLabel(t("forms.email")).fill(email);
  await page.getByLabel(t("forms.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: t("signin.submit"), exact: true }).click();
}

/** Signs out everywhere on the account page. */
export async function signOutEverywhere(page: Page): Promise<void> {
  await page.goto("/account");
  const t = await wordsOn(page);
  await page.getByRole("button", { name: t("account.endAll") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("account.endAll") })
    .click();
}

/** Invites so many, one after the other, for the audit log to have more than a page. */
export async function inviteMany(api: Api, count: number): Promise<void> {
  const name = newTenant();
  for (let i = 0; i < count; i++) await api.post("/api/members", { email: `${name}-${i}@people.example` });
}

/** A tenant that has somebody in it. */
export async function tenantWithMember(stack: Stack): Promise<{ tenant: string; user: User; api: Api }> {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  return { tenant, user, api: await apiOf(stack, user) };
}

/** From whichever page an operator is on to the start page of another tenant. */
export async function goToTenant(page: Page, tenant: string): Promise<void> {
  const t = await wordsOn(page);
  await page.getByRole("button", { name: t("operator.open") }).click();
  await page.getByRole("combobox", { name: t("operator.tenant") }).fill(tenant);
  await page.getByRole("option", { name: tenant }).click();
}
