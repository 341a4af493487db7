import type { Page } from "@playwright/test";
import { ZONE_COOKIE } from "../../app/preference-cookie";
import type { Stack } from "../../infra/local/stack";
import { Alert } from "../../lib/alerts/contract";
import { UNKNOWN_ID } from "../support/api-contract";
import { expectNoViolations } from "../support/axe";
import { rowsOf } from "../support/page";
import { apiIn, apiOf, signedInPerson } from "../support/person";
import { expectMetOnNextPage } from "../support/session-end";
import { expect, ONCE, test } from "../support/test";
import { newMember, newTenant } from "../support/users";

test("an alert is raised, acknowledged and resolved, and the filter follows", async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto("/alerts");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toHaveCount(0);
  await page.getByRole("button", { name: t("alerts.raise") }).click();
  await page.getByLabel(t("alerts.name")).fill("Smoke");
  await page.getByRole("dialog").getByLabel(t("alerts.severity")).selectOption("critical");
  await page.getByLabel(t("alerts.detail")).fill("At the second gate");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("alerts.raise") })
    .click();
  const row = page.getByRole("listitem").filter({ hasText: "Smoke" });
  await expect(row).toContainText(t("alerts.critical"));
  await expect(row).toContainText(t("alerts.open"));
  await expect(row).toContainText("At the second gate");

  await page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title: "Smoke" }) }).click();
  await expect(row).toContainText(t("alerts.acknowledged"));
  await expect(
    page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title: "Smoke" }) }),
  ).toHaveCount(0);

  const filter = page.getByRole("navigation", { name: t("alerts.status") });
  await filter.getByRole("link", { name: t("alerts.open") }).click();
  await expect(page).toHaveURL("/alerts?status=open");
  await expect(row).toHaveCount(0);
  await filter.getByRole("link", { name: t("alerts.acknowledged") }).click();
  await expect(row).toBeVisible();
  await expect(filter.getByRole("link", { name: t("alerts.acknowledged") })).toHaveAttribute(
    "aria-current",
    "page",
  );

  await page.getByRole("button", { name: t("alerts.resolveNamed", { title: "Smoke" }) }).click();
  await expect(page.getByText(t("alerts.noneAcknowledged"))).toBeVisible();
  await filter.getByRole("link", { name: t("alerts.resolved") }).click();
  await expect(row).toContainText(t("alerts.resolved"));
  await expect(page.getByRole("button", { name: /Smoke/ })).toHaveCount(0);
});

test("an alert that a colleague moved on meanwhile says so beside it", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { id } = Alert.parse((await api.post("/api/alerts", { title: "Smoke" })).body);
  // A page that hears of it in time has no such button any more.
  await page.route("**/api/alerts/stream*", (route) => route.abort());
  await page.goto("/alerts");
  await api.patch(`/api/alerts/${id}`, { status: "resolved" });
  await page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title: "Smoke" }) }).click();
  await expect(page.getByRole("listitem").getByRole("alert")).toHaveText(t("alerts.moved"));
  await expect(page.getByRole("button", { name: /Smoke/ })).toHaveCount(0);
});

test("a viewer sees everything and is offered nothing to write with", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  await (await newMember(stack, { tenant })).post("/api/alerts", { title: "Smoke" });
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  await page.goto("/alerts");
  await expect(page.getByRole("listitem").filter({ hasText: "Smoke" })).toBeVisible();
  await expect(page.getByRole("listitem").getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("button", { name: t("alerts.raise"), exact: true })).toHaveCount(0);
});

test("several alerts are chosen and resolved at once, the rest stay", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (const title of ["Smoke", "Noise", "Draught"]) await api.post("/api/alerts", { title });
  // Without the alerts about their own sign-ins.
  await page.goto("/alerts?status=open&source=manual");
  await page.getByLabel(t("alerts.select", { title: "Noise" })).check();
  await expect(page.getByText(t("alerts.selected", { count: 1 }))).toBeVisible();
  await page.getByLabel(t("alerts.select", { title: "Noise" })).uncheck();
  await page.getByLabel(t("alerts.selectAll")).check();
  await expect(page.getByText(t("alerts.selected", { count: 3 }))).toBeVisible();
  await page.getByLabel(t("alerts.select", { title: "Draught" })).uncheck();
  await page.getByRole("button", { name: t("alerts.resolveSelected") }).click();
  await expect(page.getByText(t("alerts.resolvedMany", { count: 2 }))).toBeVisible();
  const rows = page.getByRole("region", { name: t("alerts.title") }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Draught");
  await expect(page).toHaveTitle(`${t("alerts.titleWithCount", { count: 1 })} · Sekisho`);
});

test("the list is narrowed by severity and source in the address, and goes on below", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await api.post("/api/alerts", { title: "Smoke 1", severity: "warning", source: "roof" });
  for (let number = 2; number <= 53; number++) {
    const severity = number === 53 ? "critical" : "info";
    await api.post("/api/alerts", { title: `Smoke ${number}`, severity, source: "gate" });
  }
  const rows = page.getByRole("region", { name: t("alerts.title") }).getByRole("listitem");
  const severities = page.getByRole("combobox", { name: t("alerts.bySeverity") });
  await page.goto("/alerts?source=gate");
  await expect(rows).toHaveCount(50);
  await page.getByRole("button", { name: t("ui.loadMore") }).click();
  await expect(rows).toHaveCount(52);
  await expect(page.getByRole("button", { name: t("ui.loadMore") })).toHaveCount(0);

  await severities.selectOption("critical");
  await expect(page).toHaveURL("/alerts?severity=critical&source=gate");
  await expect(rows).toContainText(["Smoke 53"]);
  await page.goBack();
  await expect(rows).toHaveCount(50);
  await page.getByRole("link", { name: t("alerts.anySource") }).click();
  await expect(page).toHaveURL("/alerts");
  await severities.selectOption("warning");
  await expect(page).toHaveURL("/alerts?severity=warning");
  await page.getByRole("link", { name: t("alerts.onlySource", { source: "roof" }) }).click();
  await expect(page).toHaveURL("/alerts?source=roof");
  await expect(rows).toContainText(["Smoke 1"]);
  // A filter that does not exist shows every alert.
  await page.goto("/alerts?status=nonsense");
  await expect(rows).toHaveCount(50);
  const more = page.getByRole("button", { name: t("ui.loadMore") });
  await expectMetOnNextPage(page, "/alerts?source=gate", more);
});

test.describe("where it is about noon", () => {
  // No day turns between what is raised and what is read.
  const hours = new Date().getUTCHours() - 12;
  const zone = `Etc/GMT${hours < 0 ? "-" : "+"}${Math.abs(hours)}`;
  test.use({ timezoneId: zone });
  test.beforeEach(({ context, baseURL }) =>
    context.addCookies([{ name: ZONE_COOKIE, value: encodeURIComponent(zone), url: baseURL }]),
  );

  async function openWith(page: Page, stack: Stack, severities: string[]): Promise<void> {
    const api = await apiOf(stack, await signedInPerson(page, stack));
    for (const severity of severities) await api.post("/api/alerts", { title: "Smoke", severity });
    await page.goto("/alerts");
  }

  test("a chart and its table tell how many were raised, and the counts how many are open", async ({
    page,
    stack,
    t,
  }) => {
    await openWith(page, stack, ["critical", "critical", "warning"]);
    const overview = page.getByRole("region", { name: t("alerts.overview") });
    await expect(overview.getByRole("img")).toHaveAccessibleName(t("alerts.chart", { count: 3, most: 3 }));
    await expect(overview.getByText(t("alerts.openCritical")).locator("..")).toContainText("2");
    await overview.getByText(t("alerts.asTable")).click();
    const table = page.getByRole("table", { name: t("alerts.tableCaption") });
    await expect(table.getByRole("row")).toHaveCount(15);
    await expect(table.getByRole("row").last()).toContainText(/2\s*1\s*0$/);
  });

  test("what was raised on a day is told under the pointer and by the arrow keys, in the words of the count", async ({
    page,
    stack,
    t,
  }) => {
    await openWith(page, stack, ["critical", "warning", "warning"]);
    const days = page.getByRole("group", { name: t("alerts.eachDay") });
    const told = page.getByRole("figure").getByRole("status");
    const today = page
      .getByRole("table", { name: t("alerts.tableCaption"), includeHidden: true })
      .locator("tr");
    const date = (await today.last().locator("td").first().textContent()) ?? "";
    const ofToday = t("alerts.ofDay", { date, critical: 1, warning: 2, info: 0 });
    await expect(told).toHaveText(t("alerts.raised", { count: 3 }));
    const { width = 0 } = (await days.boundingBox()) ?? {};
    await days.hover({ position: { x: width - 3, y: 5 } });
    await expect(told).toHaveText(ofToday);
    await page.mouse.move(0, 0);
    await expect(told).toHaveText(t("alerts.raised", { count: 3 }));
    await days.focus();
    await page.keyboard.press("End");
    await expect(told).toHaveText(ofToday);
    await page.keyboard.press("ArrowLeft");
    await expect(told).not.toHaveText(ofToday);
  });
});

test("what the application itself reports is told in the reader's language, also as it arrives; the API says it in English", async ({
  page,
  stack,
  baseURL,
  t,
}) => {
  const { password } = await signedInPerson(page, stack);
  await page.goto("/alerts");
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  const title = t("accountNotices.password_changed");
  const alerts = page.getByRole("region", { name: t("alerts.title") }).getByRole("listitem");
  // By the browser's own session, which a change of password does not end.
  const api = await apiIn(page, baseURL);
  const change = { old_password: password, new_password: "Chosen-Passw0rd!" };
  expect((await api.post("/api/user/change-password", change)).status).toBe(200);
  await expect(alerts).toContainText([title]);
  await page.reload();
  await expect(alerts).toContainText([title]);
  const acknowledge = page.getByRole("button", { name: t("alerts.acknowledgeNamed", { title }) });
  await acknowledge.click();
  await expect(acknowledge).toHaveCount(0);
  const told = Alert.array().parse((await api.get("/api/alerts")).body);
  expect(told.map((alert) => alert.title)).toEqual(["Your password was changed"]);
});

test("the counts of alerts and the way to their numbers are as high as the bars beside them", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/alerts");
  const overview = page.getByRole("region", { name: t("alerts.overview") });
  const bottomOf = async (what: string) => {
    const box = await overview.locator(what).boundingBox();
    return (box?.y ?? 0) + (box?.height ?? 0);
  };
  const card = await overview.boundingBox();
  expect((card?.y ?? 0) + (card?.height ?? 0) - (await bottomOf("figure"))).toBeLessThan(30);
  await overview.getByText(t("alerts.asTable")).click();
  const table = await overview.getByRole("table").boundingBox();
  expect(table?.y).toBeGreaterThan(await bottomOf("figure"));
  expect(table?.width).toBeGreaterThan((card?.width ?? 0) - 60);
});

test("what was resolved by mistake is open again by one press, and many are asked about before", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (let number = 1; number <= 10; number++) await api.post("/api/alerts", { title: `Smoke ${number}.` });
  await page.goto("/alerts?status=open&source=manual");
  const rows = page.getByRole("region", { name: t("alerts.title") }).getByRole("listitem");
  await page.getByLabel(t("alerts.selectAll")).check();
  await page.getByRole("button", { name: t("alerts.resolveSelected") }).click();
  const dialog = page.getByRole("dialog", { name: t("alerts.resolveAsk", { count: 10 }) });
  await dialog.getByRole("button", { name: t("common.cancel") }).click();
  await expect(rows).toHaveCount(10);
  await page.getByRole("button", { name: t("alerts.resolveSelected") }).click();
  await dialog.getByRole("button", { name: t("alerts.resolve"), exact: true }).click();
  await expect(rows).toHaveCount(0);
  await page.getByRole("button", { name: t("alerts.undo") }).click();
  await expect(page.getByText(t("alerts.reopenedMany", { count: 10 }))).toBeVisible();
  await page.reload();
  await expect(rows).toHaveCount(10);
});

test("an alert has a page of its own, with what became of it, and is moved on and opened again there", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant });
  const { id } = Alert.parse(
    (await api.post("/api/alerts", { title: "Smoke", detail: "At the gate", severity: "critical" })).body,
  );
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  await page.goto("/alerts?raised=7&source=manual");
  await page.getByRole("link", { name: "Smoke" }).click();
  await expect(page).toHaveURL(`/alerts/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Smoke");
  await expect(page.getByText("At the gate")).toBeVisible();
  const timeline = page.getByRole("region", { name: t("alerts.timeline") }).getByRole("listitem");
  await expect(timeline).toHaveCount(1);
  await page.getByRole("button", { name: t("alerts.acknowledge") }).click();
  await expect(timeline).toHaveCount(2);
  await page.getByRole("button", { name: t("alerts.resolve") }).click();
  await expect(timeline.last()).toContainText(t("alerts.resolved"));
  const again = page.getByRole("button", { name: t("alerts.reopen") });
  await expect(again).toBeFocused();
  await expectNoViolations(page, "page of an alert");
  await again.click();
  await expect(timeline).toHaveCount(1);
  const record = page.getByRole("link", { name: t("alerts.inAudit") });
  await record.click();
  await expect(page).toHaveURL(`/audit?subject=${id}`);
  await expect(rowsOf(page)).toHaveCount(4);

  await page.context().clearCookies();
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  await page.goto(`/alerts/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Smoke");
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await expect(record).toHaveCount(0);
  await page.goto(`/alerts/${UNKNOWN_ID}`);
  await expect(page.getByRole("heading", { name: t("notFound.title") })).toBeVisible();
});
