import type { BrowserContext, Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { Item } from "../../lib/items/contract";
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

/** Counts what the page sends to a path, and holds it until `release`. */
export async function hold(page: Page, path: string): Promise<{ count: () => number; release: () => void }> {
  let count = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() !== "GET") {
      count += 1;
      await released;
    }
    await route.continue();
  });
  return { count: () => count, release };
}

/** A tenant with a member and one item. */
export async function tenantWithItem(stack: Stack, name: string): Promise<{ tenant: string; user: User }> {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  await (await apiOf(stack, user)).post("/api/items", { name });
  return { tenant, user };
}

/** Adds one after the other, so that the last one named is the newest. @returns their ids. */
export async function addItems(api: Api, names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(Item.parse((await api.post("/api/items", { name })).body).id);
  return ids;
}

/** From whichever page an operator is on to the same one of another tenant. */
export async function goToTenant(page: Page, tenant: string): Promise<void> {
  const t = await wordsOn(page);
  await page.getByRole("button", { name: t("operator.open") }).click();
  await page.getByRole("combobox", { name: t("operator.tenant") }).fill(tenant);
  await page.getByRole("button", { name: t("operator.submit") }).click();
}
