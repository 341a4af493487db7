import type { BrowserContext } from "@playwright/test";
import { HOME } from "../../lib/home";
import { DEMO_PASSWORD } from "./demo-users";

/** Signs a demo user in through the page, in a browser that knows its base URL. */
export async function signIn(context: BrowserContext, email: string): Promise<void> {
  const page = await context.newPage();
  await page.goto("/signin");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(DEMO_PASSWORD);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL(`**${HOME}`);
  await page.close();
}
