import { HOME } from "../../lib/home";
import { toastOf } from "../support/page";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("home shows the critical alerts that are open, moves them on where they stand, and leads there", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto(HOME);
  await expect(page.getByText(t("home.noCriticals"))).toBeVisible();
  for (const title of ["Fire", "Smoke"]) await api.post("/api/alerts", { title, severity: "critical" });
  await api.post("/api/alerts", { title: "Noise", severity: "info" });
  await page.reload();
  await expect(page.getByRole("heading", { name: t("home.criticals", { count: 2 }) })).toBeVisible();
  await expect(page.getByText("Smoke", { exact: true })).toBeVisible();
  await expect(page.getByText("Noise", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: t("home.acknowledgeNamed", { name: "Smoke" }) }).click();
  await expect(toastOf(page, t)).toContainText(t("home.alertAcknowledged", { name: "Smoke" }));
  await expect(page.getByRole("heading", { name: t("home.criticals", { count: 1 }) })).toBeVisible();
  await expect(page.getByText("Smoke", { exact: true })).toHaveCount(0);
  const resolve = page.getByRole("button", { name: t("home.resolveNamed", { name: "Fire" }) });
  await resolve.press("Enter");
  await expect(page.getByText(t("home.noCriticals"))).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await toastOf(page, t)
    .getByRole("button", { name: t("home.reopen") })
    .click();
  await expect(resolve).toBeVisible();
  await page.getByRole("link", { name: t("home.allAlerts") }).click();
  await expect(page).toHaveURL("/alerts?status=open");
});
