import { HOME } from "../../lib/home";
import { pressSignOut, rowOf } from "../support/page";
import { pagesOf } from "../support/pages";
import { fillSignIn } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { nameOf, titleOf } from "../support/words";

test("an administrator signs in, works through every page, and signs out again", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant, groups: ["admin"] });
  await page.goto(HOME);
  await expect(page).toHaveTitle(`${t("signin.title")} · Sekisho`);
  await fillSignIn(page, user);

  const navigation = page.getByRole("navigation", { name: t("nav.label") });
  for (const name of pagesOf("admin")) {
    await navigation.getByRole("link", { name: nameOf(t, name), exact: true }).click();
    const title = titleOf(t, name);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`${title} · Sekisho$`));
  }
  const zoe = `zoe-${tenant}@people.example`;
  await navigation.getByRole("link", { name: t("nav.members"), exact: true }).click();
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill(zoe);
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(rowOf(page, zoe)).toBeVisible();
  await navigation.getByRole("link", { name: t("nav.audit"), exact: true }).click();
  const invited = { who: user.email, what: zoe, role: t("roles.member") };
  await expect(page.getByText(t("auditSentences.member_invited", invited))).toBeVisible();
  await pressSignOut(page);
  await expect(page).toHaveURL(/\/signin/);
});
