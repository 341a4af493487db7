import { expectNoViolations } from "../support/axe";
import { rowOf, rowsOf } from "../support/page";
import { addItems, apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant } from "../support/users";

test("home shows what needs attention, and leads there", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto("/home");
  await expect(page.getByText(t("home.noCriticals"))).toBeVisible();
  await expect(page.getByText(t("home.noItems"))).toBeVisible();
  const [id] = await addItems(api, ["Lantern"]);
  for (const title of ["Fire", "Smoke"]) await api.post("/api/alerts", { title, severity: "critical" });
  await api.post("/api/alerts", { title: "Noise", severity: "info" });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.criticals", { count: 2 }) })).toBeVisible();
  await expect(page.getByText("Smoke")).toBeVisible();
  await expect(page.getByText("Noise")).toHaveCount(0);
  await page.getByRole("link", { name: "Lantern" }).click();
  await expect(page).toHaveURL(`/items?item=${id}`);
  await expect(page.getByRole("dialog").getByLabel(t("items.name"))).toHaveValue("Lantern");
});

test("home tells administrators, and nobody else, who was invited and has not come in", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const api = await apiOf(stack, await signedInPerson(page, stack, { tenant, groups: ["admin"] }));
  await page.goto("/home");
  await expect(page.getByText(t("home.noInvitations"))).toBeVisible();
  const email = `zoe-${tenant}@people.example`;
  await api.post("/api/members", { email });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.invitations", { count: 1 }) })).toBeVisible();
  await expect(rowOf(page, email)).toBeVisible();
  await expectNoViolations(page, "home of an administrator");
  await page.getByRole("link", { name: t("home.allInvitations") }).click();
  await expect(page).toHaveURL("/members?status=invited");
  await expect(rowsOf(page)).toContainText([email]);

  await signedInPerson(page, stack, { tenant });
  await page.goto("/home");
  await expect(page.getByRole("heading", { name: t("home.recent") })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
  await expect(page.getByRole("link", { name: t("home.allInvitations") })).toHaveCount(0);
});
