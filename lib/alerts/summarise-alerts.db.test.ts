import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { raiseNotice as raiseNoticeTo } from "../account/raise-notice";
import type { Facts, Notice, NoticeOwner } from "../auth/sign-in/notices";
import type { TenantContext } from "../auth/tenancy/tenant";
import { withTenant } from "../db/with-tenant";
import { changeAlert } from "./change-alert";
import { AlertSummary, NewAlert } from "./contract";
import { createAlert } from "./create-alert";
import { SEVERITIES, type Severity } from "./kinds";
import { summariseAlerts } from "./summarise-alerts";
import { alerts } from "./tables";
import { tellNotice } from "./tell-notice";

const raiseNotice = (owner: NoticeOwner, notice: Notice, facts: Facts) =>
  raiseNoticeTo(owner, notice, facts, [tellNotice]);

const DAY_MS = 86_400_000;

async function raisedAt(
  tenant: TenantContext,
  createdAt: Date,
  severity: Severity = "info",
): Promise<string> {
  const { id } = await createAlert(tenant, NewAlert.parse({ title: "Smoke", severity }));
  const isAlert = and(eq(alerts.tenantId, tenant.tenantId), eq(alerts.id, id));
  await withTenant(tenant.tenantId, (tx) => tx.update(alerts).set({ createdAt }).where(isAlert));
  return id;
}
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const dateIn = (zone: string, at: Date) => at.toLocaleDateString("sv-SE", { timeZone: zone });

/** When a date begins there, by the distance between its clock and ours at that time. */
function midnightIn(zone: string, date: string): Date {
  const utc = new Date(`${date}T00:00:00Z`);
  const local = new Date(`${utc.toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T")}Z`);
  return new Date(utc.getTime() - (local.getTime() - utc.getTime()));
}
/** Not a day's length later: it has 23 or 25 hours where the clocks change. */
const dateAfter = (date: string) => dateIn("UTC", new Date(Date.parse(date) + DAY_MS));

// No test is to see two days.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("the summary counts each of the last 14 days and severities, and the open ones of any age", async () => {
  const tenant = makeTenant();
  for (const severity of SEVERITIES) await raisedAt(tenant, new Date(), severity);
  await raisedAt(tenant, daysAgo(13), "critical");
  await changeAlert(tenant, await raisedAt(tenant, daysAgo(3), "warning"), { status: "acknowledged" });
  await raisedAt(tenant, daysAgo(40), "critical");
  const summary = AlertSummary.parse(await summariseAlerts(tenant, "UTC"));
  expect(summary.days.map(({ date }) => date)).toEqual(
    Array.from({ length: 14 }, (_, index) => dateIn("UTC", daysAgo(13 - index))),
  );
  expect(summary.days.at(-1)).toMatchObject({ info: 1, warning: 1, critical: 1 });
  expect(summary.days.at(0)).toMatchObject({ info: 0, warning: 0, critical: 1 });
  expect(summary.days.at(-4)).toMatchObject({ info: 0, warning: 1, critical: 0 });
  expect(
    summary.days.flatMap(({ info, warning, critical }) => [info, warning, critical]).reduce((a, b) => a + b),
  ).toBe(5);
  expect(summary.open).toEqual({ info: 1, warning: 1, critical: 3 });
});

test.each(["Asia/Tokyo", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])(
  "a day begins and ends at midnight in %s",
  async (zone) => {
    const tenant = makeTenant();
    const date = dateIn(zone, daysAgo(5));
    const midnight = midnightIn(zone, date);
    await raisedAt(tenant, midnight, "critical");
    await raisedAt(tenant, new Date(midnightIn(zone, dateAfter(date)).getTime() - 1), "critical");
    await raisedAt(tenant, new Date(midnight.getTime() - 1), "warning");
    const { days, time_zone } = await summariseAlerts(tenant, zone);
    expect(time_zone).toBe(zone);
    expect(days.find((each) => each.date === date)).toEqual({ date, info: 0, warning: 0, critical: 2 });
  },
);

test("nobody is counted what they may not see", async () => {
  const owner = makeTenant();
  const { tenantId } = owner;
  await raiseNotice({ tenantId, sub: owner.principal.sub }, "password_changed", { address: "unknown" });
  await createAlert(owner, NewAlert.parse({ title: "for everybody", severity: "warning" }));
  await createAlert(makeTenant(), NewAlert.parse({ title: "foreign", severity: "warning" }));
  const seenBy = async (tenant: TenantContext) => {
    const { open, days } = await summariseAlerts(tenant, "UTC");
    return [open.warning, days.at(-1)?.warning];
  };
  expect(await seenBy(owner)).toEqual([2, 2]);
  for (const group of ["admin", "member"])
    expect(await seenBy(makeTenant({ tenantId, groups: [group] }))).toEqual([1, 1]);
});
