import { Alert } from "../lib/alerts/contract";
import { apiOf, signedInPerson } from "./person";
import { expect, test } from "./test";

test("an alert is raised, acknowledged and resolved, and the filter follows", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/alerts");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toHaveCount(0);
  await page.getByRole("button", { name: "Raise alert" }).click();
  await page.getByLabel("Title").fill("Smoke");
  await page.getByLabel("Severity").selectOption("critical");
  await page.getByLabel("Detail").fill("At the second gate");
  await page.getByRole("dialog").getByRole("button", { name: "Raise alert" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Smoke" });
  await expect(row).toContainText("Critical");
  await expect(row).toContainText("Open");
  await expect(row).toContainText("At the second gate");

  await page.getByRole("button", { name: "Acknowledge Smoke" }).click();
  await expect(row).toContainText("Acknowledged");
  await expect(page.getByRole("button", { name: "Acknowledge Smoke" })).toHaveCount(0);

  const filter = page.getByRole("navigation", { name: "Status" });
  await filter.getByRole("link", { name: "open" }).click();
  await expect(page).toHaveURL("/alerts?status=open");
  await expect(row).toHaveCount(0);
  await filter.getByRole("link", { name: "acknowledged" }).click();
  await expect(row).toBeVisible();
  await expect(filter.getByRole("link", { name: "acknowledged" })).toHaveAttribute("aria-current", "page");

  await page.getByRole("button", { name: "Resolve Smoke" }).click();
  await expect(page.getByText("No acknowledged alerts")).toBeVisible();
  await filter.getByRole("link", { name: "resolved" }).click();
  await expect(row).toContainText("Resolved");
  await expect(page.getByRole("button", { name: /Smoke/ })).toHaveCount(0);
});

test("an alert that a colleague moved on meanwhile says so beside it", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { id } = Alert.parse((await api.post("/api/alerts", { title: "Smoke" })).body);
  await page.goto("/alerts");
  await api.patch(`/api/alerts/${id}`, { status: "resolved" });
  await page.getByRole("button", { name: "Acknowledge Smoke" }).click();
  await expect(page.getByRole("listitem").getByRole("alert")).toHaveText(
    "A colleague was faster: this alert is already further on.",
  );
  await expect(page.getByRole("button", { name: /Smoke/ })).toHaveCount(0);
});

test("a filter that does not exist shows every alert", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await api.post("/api/alerts", { title: "Smoke" });
  await page.goto("/alerts?status=nonsense");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toBeVisible();
});
