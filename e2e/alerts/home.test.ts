import { HOME } from "../../lib/home";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("home shows the critical alerts that are open, and leads there", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto(HOME);
  await expect(page.getByText(t("home.noCriticals"))).toBeVisible();
  for (const title of ["Fire", "Smoke"]) await api.post("/api/alerts", { title, severity: "critical" });
  await api.post("/api/alerts", { title: "Noise", severity: "info" });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.criticals", { count: 2 }) })).toBeVisible();
  await expect(page.getByText("Smoke", { exact: true })).toBeVisible();
  await expect(page.getByText("Noise", { exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: t("home.allAlerts") }).click();
  await expect(page).toHaveURL("/alerts?status=open");
});
