import { Alert } from "../../lib/alerts/contract";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";

test("an alert is raised, acknowledged and resolved, and the filter follows", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/alerts");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toHaveCount(0);
  await page.getByRole("button", { name: "Raise alert" }).click();
  await page.getByLabel("Title").fill("Smoke");
  await page.getByRole("dialog").getByLabel("Severity").selectOption("critical");
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
  // A page that hears of it in time has no such button any more.
  await page.route("**/api/alerts/stream*", (route) => route.abort());
  await page.goto("/alerts");
  await api.patch(`/api/alerts/${id}`, { status: "resolved" });
  await page.getByRole("button", { name: "Acknowledge Smoke" }).click();
  await expect(page.getByRole("listitem").getByRole("alert")).toHaveText(
    "A colleague was faster: this alert is already further on.",
  );
  await expect(page.getByRole("button", { name: /Smoke/ })).toHaveCount(0);
});

test("several alerts are chosen and resolved at once, the rest stay", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (const title of ["Smoke", "Noise", "Draught"]) await api.post("/api/alerts", { title });
  // Without the alerts about their own sign-ins.
  await page.goto("/alerts?status=open&source=manual");
  await page.getByLabel("Select Noise").check();
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.getByLabel("Select Noise").uncheck();
  await page.getByLabel("Select all shown").check();
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.getByLabel("Select Draught").uncheck();
  await page.getByRole("button", { name: "Resolve selected" }).click();
  await expect(page.getByText("2 alerts are resolved.")).toBeVisible();
  const rows = page.getByRole("region", { name: "Alerts" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Draught");
  await expect(page).toHaveTitle("(3) Alerts · Sekisho");
});

test("the list is narrowed by severity and source in the address, and goes on below", async ({
  page,
  stack,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await api.post("/api/alerts", { title: "Smoke 1", severity: "warning", source: "roof" });
  for (let number = 2; number <= 53; number++) {
    const severity = number === 53 ? "critical" : "info";
    await api.post("/api/alerts", { title: `Smoke ${number}`, severity, source: "gate" });
  }
  const rows = page.getByRole("region", { name: "Alerts" }).getByRole("listitem");
  const severities = page.getByRole("navigation", { name: "By severity" });
  await page.goto("/alerts?source=gate");
  await expect(rows).toHaveCount(50);
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(rows).toHaveCount(52);
  await expect(page.getByRole("button", { name: "Load more" })).toHaveCount(0);

  await severities.getByRole("link", { name: "Critical" }).click();
  await expect(page).toHaveURL("/alerts?severity=critical&source=gate");
  await expect(rows).toContainText(["Smoke 53"]);
  await page.goBack();
  await expect(rows).toHaveCount(50);
  await page.getByRole("link", { name: "Show every source" }).click();
  await expect(page).toHaveURL("/alerts");
  await severities.getByRole("link", { name: "Warning" }).click();
  await expect(page).toHaveURL("/alerts?severity=warning");
  await page.getByRole("link", { name: "Only alerts from roof" }).click();
  await expect(page).toHaveURL("/alerts?source=roof");
  await expect(rows).toContainText(["Smoke 1"]);
});

test("a chart and its table tell how many were raised, and the counts how many are open", async ({
  page,
  stack,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (const severity of ["critical", "critical", "warning"])
    await api.post("/api/alerts", { title: "Smoke", severity });
  // Two more tell them of their own sign-ins.
  await page.goto("/alerts");
  const overview = page.getByRole("region", { name: "Overview" });
  await expect(overview.getByRole("img")).toHaveAccessibleName(/^Alerts raised .* 5 in all, 5 at the most/);
  await expect(overview.getByText("Open critical").locator("..")).toContainText("2");
  await overview.getByText("Show the numbers").click();
  const table = page.getByRole("table", { name: "Alerts raised per day" });
  await expect(table.getByRole("row")).toHaveCount(15);
  await expect(table.getByRole("row").last()).toContainText(/2\s*1\s*2$/);
});

test("a filter that does not exist shows every alert", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await api.post("/api/alerts", { title: "Smoke" });
  await page.goto("/alerts?status=nonsense");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toBeVisible();
});
