import { expect, type Page } from "@playwright/test";
import { NOTICES, type Notice } from "../../lib/auth/sign-in/notices";
import type { Cookies } from "./cookie-name";
import type { Words } from "./words";

/** What the account page tells whoever has these cookies, the newest first: each notice, and its text in full. */
export async function noticesOn(
  page: Page,
  url: string,
  cookies: Cookies,
  t: Words,
): Promise<{ notice: Notice; text: string }[]> {
  await page.context().clearCookies();
  await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  await page.goto(`${url}/account`);
  await expect(page.getByRole("heading", { level: 1, name: t("account.title") })).toBeVisible();
  const list = page.getByRole("list", { name: t("account.changes") });
  const told = await list.getByRole("listitem").allTextContents();
  return told.map((text) => {
    const notice = NOTICES.find((each) => text.includes(t(`accountNotices.${each}`)));
    if (!notice) throw new Error(`This is no notice: ${text}`);
    return { notice, text };
  });
}
