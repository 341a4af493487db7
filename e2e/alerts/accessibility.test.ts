import { Alert } from "../../lib/alerts/contract";
import { HOME } from "../../lib/home";
import { expectNoViolations, openPage } from "../support/axe";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("the alerts hinder nobody", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await openPage(page, "/alerts?status=acknowledged");
  await expectNoViolations(page, "alerts, empty");
  const ids: string[] = [];
  for (const severity of ["info", "warning", "critical", "critical"]) {
    const title = `Smoke ${ids.length + 1}`;
    ids.push(
      Alert.parse((await api.post("/api/alerts", { title, severity, detail: "At the gate" })).body).id,
    );
  }
  await api.patch(`/api/alerts/${ids[0]}`, { status: "acknowledged" });
  await api.patch(`/api/alerts/${ids[1]}`, { status: "resolved" });
  await openPage(page, HOME);
  await expectNoViolations(page, "home with critical alerts");
  await openPage(page, "/alerts");
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  await page.getByText(t("alerts.asTable")).click();
  await page.getByLabel(t("alerts.select", { title: "Smoke 3" })).check();
  await page.getByLabel(t("alerts.select", { title: "Smoke 1" })).check();
  await expectNoViolations(page, "alerts, with the numbers and some selected");
  await page.getByRole("button", { name: t("alerts.raise") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("alerts.raise") })
    .click();
  await expect(page.getByText(t("faults.required"))).toBeVisible();
  await expectNoViolations(page, "raising an alert, with a fault");

  await page.route("**/api/alerts/stream*", (route) => route.abort());
  await openPage(page, "/alerts?source=manual");
  await expect(page.getByText(t("alerts.notLive"))).toBeVisible();
  await api.patch(`/api/alerts/${ids[3]}`, { status: "resolved" });
  await page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title: "Smoke 4" }) }).click();
  await expect(page.getByText(t("alerts.moved"))).toBeVisible();
  await expectNoViolations(page, "alerts, not live, one refused");
});
