import type { BrowserContext, Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { Api, login } from "./api";
import { openSession } from "./browser-session";
import { newTenant, newUser, type User, type Wanted } from "./users";

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

/** Fills in the form of the sign-in page and sends it. */
export async function fillSignIn(page: Page, { email, password }: User): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
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
