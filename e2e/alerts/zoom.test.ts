import { administratorIn, inLittleRoom } from "../support/little-room";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "parallel" });

inLittleRoom("one works on alerts", async (room) => {
  const { page, t, what: title, look } = room;
  await administratorIn(room);
  await page.goto("/alerts?source=manual");
  const raise = page.getByRole("button", { name: t("alerts.raise") });
  await raise.click();
  await page.getByLabel(t("alerts.name")).fill(title);
  await page.getByLabel(t("alerts.detail")).fill(title);
  await look("raising an alert");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("alerts.raise") })
    .click();
  await page.getByLabel(t("alerts.select", { title })).check();
  await page.getByText(t("alerts.asTable")).click();
  await look("alerts, with the numbers and one selected");
  await page.getByRole("button", { name: t("alerts.acknowledgeSelected") }).click();
  await expect(page.getByRole("listitem").filter({ hasText: title })).toContainText(t("alerts.acknowledged"));
  await page
    .getByRole("navigation", { name: t("alerts.status") })
    .getByRole("link", { name: t("alerts.resolved") })
    .click();
  await expect(page.getByText(t("alerts.none"), { exact: true })).toBeVisible();
});
