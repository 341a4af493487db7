import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { rowOf, rowsOf } from "../support/page";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant } from "../support/users";

test("home tells administrators, and nobody else, who was invited and has not come in", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const api = await apiOf(stack, await signedInPerson(page, stack, { tenant, groups: ["admin"] }));
  await page.goto(HOME);
  await expect(page.getByText(t("home.noInvitations"))).toBeVisible();
  const email = `zoe-${tenant}@people.example`;
  await api.post("/api/members", { email });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.invitations", { count: 1 }) })).toBeVisible();
  await expect(rowOf(page, `${email}${t("home.invited")}`)).toBeVisible();
  await expectNoViolations(page, "home of an administrator");
  await page.getByRole("link", { name: t("home.allInvitations") }).click();
  await expect(page).toHaveURL("/members?status=invited");
  await expect(rowsOf(page)).toContainText([email]);

  await signedInPerson(page, stack, { tenant });
  await page.goto(HOME);
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("home.allInvitations") })).toHaveCount(0);
});
