import { HOME } from "../../lib/home";
import { hold } from "../support/hold";
import { CALM, expectStill, expectStillOnTheWay } from "../support/motion";
import { toastOf } from "../support/page";
import { PAGES } from "../support/pages";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant } from "../support/users";

test.use(CALM);

test("for whoever asks for calm nothing moves or fades", { tag: ONCE }, async ({ page, stack, t }) => {
  await page.goto("/signin");
  await expectStill(page);
  await signedInPerson(page, stack, { groups: ["admin"] });
  for (const path of [...PAGES, "/not/a/page"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectStill(page);
  }
  await page.goto(HOME);
  await expectStillOnTheWay(
    page,
    page.getByRole("link", { name: t("nav.account"), exact: true }),
    "/account",
    t,
  );

  await page.goto("/members");
  const request = await hold(page, "/api/members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  const email = `zoe-${newTenant()}@people.example`;
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill(email);
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page.getByRole("dialog").locator("[aria-busy]")).toBeVisible();
  await expectStill(page);
  request.release();
  await expect(toastOf(page, t)).toContainText(t("members.invited", { email }));
  await expectStill(page);
});
