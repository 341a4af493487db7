import { randomUUID } from "node:crypto";
import { HOME } from "../../lib/home";
import { expectStraight, TURNING, WORD } from "../support/direction";
import { rowOf, toastOf } from "../support/page";
import { apiOf, goToTenant, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newMember, newTenant, newUser } from "../support/users";

test("an address that turns the direction bends nothing around it", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const person = await signedInPerson(page, stack, { groups: ["admin"], tenant });
  // Cognito takes letters of every direction in a username, but no marks that turn it.
  const email = `\u05e9${WORD}-${randomUUID().slice(0, 8)}@people.example`;
  await newUser(stack, { tenant, email, temporary: true });
  const api = await apiOf(stack, person);
  expect((await api.post("/api/members/sync")).status).toBe(200);
  for (const path of [HOME, "/members"]) {
    await page.goto(path);
    await expect(page.getByText(email).first()).toBeVisible();
    await expectStraight(page);
  }

  const dialog = page.getByRole("dialog");
  const row = rowOf(page, WORD);
  await row.getByRole("button", { name: t("members.manageNamed", { email }) }).click();
  await expect(dialog.getByRole("heading")).toHaveText(email);
  await expectStraight(page);
  await dialog.getByRole("button", { name: t("members.withdraw") }).click();
  await expectStraight(page);
  await dialog.getByRole("button", { name: t("members.withdrawNow"), exact: true }).click();
  await expect(toastOf(page, t)).toContainText(WORD);
  await expectStraight(page);

  await page.goto("/audit");
  await expect(page.getByText(email).first()).toBeVisible();
  await expectStraight(page);
  for (const [path, label] of [
    ["/members?q=", t("members.email")],
    ["/audit?subject=", t("audit.what")],
  ] as const) {
    await page.goto(path + encodeURIComponent(TURNING));
    await expect(page.getByLabel(label)).toHaveValue(TURNING);
    await expectStraight(page);
  }
});

test.describe("for an operator", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("the name of the tenant is isolated, too", { tag: ONCE }, async ({ page, stack, t }) => {
    const tenant = `${WORD}-${randomUUID().slice(0, 8)}`;
    await newMember(stack, { tenant });
    await signedInPerson(page, stack, { groups: ["operator"] });
    await page.goto(HOME);
    await goToTenant(page, tenant);
    await expect(page.getByRole("region", { name: t("operator.banner") })).toContainText(tenant);
    await expectStraight(page);
    await page.getByRole("button", { name: t("operator.open") }).click();
    await expect(page.getByRole("option", { name: WORD })).toHaveCount(1);
    await expectStraight(page);
  });
});
