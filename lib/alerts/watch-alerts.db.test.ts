import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { raiseNotice as raiseNoticeTo } from "../account/raise-notice";
import type { Facts, Notice, NoticeOwner } from "../auth/sign-in/notices";
import type { TenantContext } from "../auth/tenancy/tenant";
import type { WatchSign } from "../auth/tenancy/watch";
import { unsubscribeAll } from "../db/tenant-notices";
import { AppError } from "../errors";
import { changeAlert } from "./change-alert";
import { changeAlerts } from "./change-alerts";
import { NewAlert } from "./contract";
import { createAlert } from "./create-alert";
import { listAlerts } from "./list-alerts";
import { tellNotice } from "./tell-notice";
import { type AlertsChange, watchAlerts } from "./watch-alerts";

type WatchEvent = AlertsChange | WatchSign;

const raiseNotice = (owner: NoticeOwner, notice: Notice, facts: Facts) =>
  raiseNoticeTo(owner, notice, facts, [tellNotice]);

afterEach(unsubscribeAll);

const raise = (tenant: TenantContext, title = "Smoke") => createAlert(tenant, NewAlert.parse({ title }));

/** Raises an alert that is for its owner alone, and gives it. */
async function raiseForOwner(tenant: TenantContext) {
  const { tenantId, principal } = tenant;
  await raiseNotice({ tenantId, sub: principal.sub }, "password_changed", { address: "unknown" });
  const [alert] = (await listAlerts(tenant, { limit: 1 })).rows;
  if (!alert) throw new Error("no notice was raised");
  return alert;
}

/** A watch that is live: its alerts, one batch after the other, and whatever ends it. */
async function watching(
  tenant: TenantContext,
  { since, again = async () => tenant }: { since?: Date; again?: () => Promise<TenantContext> } = {},
) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const events = watchAlerts(tenant, { since, again, signal: leaving.signal });
  const seen: WatchEvent[] = [];
  const next = async () => {
    const { value } = await events.next();
    if (value) seen.push(value);
    return value ?? null;
  };
  const isLive = (event: WatchEvent | undefined) => event?.type === "live" && event.live;
  while (!isLive(seen.at(-1))) await next();
  return { first: seen.filter((event) => event.type !== "live"), next, leave: () => leaving.abort() };
}

describe("a watch", () => {
  test("tells each alert that is raised or changed, as it then is", async () => {
    const tenant = makeTenant();
    const watch = await watching(tenant);
    const alert = await raise(tenant);
    expect(await watch.next()).toMatchObject({ type: "alerts", alerts: [alert] });
    const changed = await changeAlert(tenant, alert.id, { status: "acknowledged" });
    expect(await watch.next()).toMatchObject({ type: "alerts", alerts: [changed] });
    await changeAlert(tenant, alert.id, { status: "acknowledged" });
    const [resolved] = await changeAlerts(tenant, [alert.id], "resolved");
    expect(await watch.next()).toMatchObject({ type: "alerts", alerts: [resolved?.alert] });
  });

  test("hears nothing of another tenant", async () => {
    const [tenant, other] = [makeTenant(), makeTenant()];
    const watch = await watching(tenant);
    await raise(other, "secret");
    const mine = await raise(tenant, "mine");
    expect(await watch.next()).toMatchObject({ type: "alerts", alerts: [mine] });
  });

  test("tells what is for its owner alone to them, and to others not even that it is", async () => {
    const owner = makeTenant();
    const { tenantId } = owner;
    const [colleague, admin] = [makeTenant({ tenantId }), makeTenant({ tenantId, groups: ["admin"] })];
    const watches = await Promise.all([owner, admin, colleague].map((each) => watching(each)));
    const alert = await raiseForOwner(owner);
    const common = await raise(colleague, "for all");
    const told = await Promise.all(
      watches.map(async ({ next }) => {
        const ids: string[] = [];
        while (!ids.includes(common.id)) {
          const event = await next();
          if (event?.type === "alerts") ids.push(...event.alerts.map(({ id }) => id));
          if (event?.type === "alerts") expect(event.alerts).not.toEqual([]);
        }
        return ids;
      }),
    );
    expect(told).toEqual([[alert.id, common.id], [common.id], [common.id]]);
  });

  test("begins with what changed since the page was made, and loses nothing in between", async () => {
    const tenant = makeTenant();
    const since = new Date();
    const alert = await raise(tenant);
    const { first } = await watching(tenant, { since });
    expect(first).toMatchObject([{ type: "alerts", alerts: [alert] }]);
  });

  test("says that the list is to be read anew when too much has changed", async () => {
    const tenant = makeTenant();
    const since = new Date();
    for (let i = 0; i < 101; i++) await raise(tenant);
    const { first } = await watching(tenant, { since });
    expect(first.map(({ type }) => type)).toEqual(["reset"]);
  });

  test.each(["session_ended", "forbidden", "database_unavailable"] as const)(
    "tells nothing more, and ends, when the caller is refused with %s",
    async (code) => {
      const tenant = makeTenant();
      let refusal: AppError | null = null;
      const again = async () => {
        if (refusal) throw refusal;
        return tenant;
      };
      const watch = await watching(tenant, { again });
      refusal = new AppError(code);
      await raise(tenant, "secret");
      expect(await watch.next()).toEqual({ type: "end", reason: "refused", code });
      expect(await watch.next()).toBeNull();
    },
  );

  test("beats in time, and not together with those that began with it", async () => {
    const watches = await Promise.all(Array.from({ length: 20 }, () => watching(makeTenant())));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    let beats = 0;
    for (const watch of watches) void watch.next().then((event) => (beats += Number(event?.type === "beat")));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(beats).toBeGreaterThan(0);
    expect(beats).toBeLessThan(watches.length);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(beats).toBe(watches.length);
  });

  test("ends when the caller has gone to another tenant", async () => {
    const tenant = makeTenant();
    let now = tenant;
    const watch = await watching(tenant, { again: async () => now });
    now = makeTenant({ sub: tenant.principal.sub });
    await raise(tenant, "secret");
    expect(await watch.next()).toEqual({ type: "end", reason: "refused", code: "tenant_mismatch" });
  });

  test("sees with the rights that the caller has now", async () => {
    const admin = makeTenant({ groups: ["admin"] });
    const { tenantId } = admin;
    let now = admin;
    const watch = await watching(admin, { again: async () => now });
    now = makeTenant({ tenantId, sub: admin.principal.sub });
    const colleague = makeTenant({ tenantId });
    await raiseForOwner(colleague);
    const common = await raise(colleague);
    const event = await watch.next();
    const told = event?.type === "alerts" && event.alerts.length > 0 ? event : await watch.next();
    expect(told).toMatchObject({ type: "alerts", alerts: [{ id: common.id }] });
  });

  test("that nobody reads any more lets go of its place", async () => {
    const tenant = makeTenant();
    const watches = await Promise.all(Array.from({ length: 20 }, () => watching(tenant)));
    const one = { since: undefined, again: async () => tenant, signal: new AbortController().signal };
    expect(() => watchAlerts(tenant, one)).toThrow(expect.objectContaining({ code: "rate_limited" }));
    for (const { leave, next } of watches) {
      leave();
      expect(await next()).toBeNull();
    }
    await watching(tenant);
  });

  test("ends, and says so, when the server is to stop", async () => {
    const watch = await watching(makeTenant());
    unsubscribeAll();
    expect(await watch.next()).toEqual({ type: "end", reason: "stopping", code: null });
  });
});

describe("several alerts at once", () => {
  test("are moved where they can be, and each is answered, in the order asked", async () => {
    const tenant = makeTenant();
    const [open, acknowledged, resolved] = [await raise(tenant), await raise(tenant), await raise(tenant)];
    await changeAlert(tenant, acknowledged.id, { status: "acknowledged" });
    await changeAlert(tenant, resolved.id, { status: "resolved" });
    const foreign = await raise(makeTenant());
    const unknown = randomUUID();
    const ids = [resolved.id, foreign.id, open.id, unknown, acknowledged.id];
    const outcomes = await changeAlerts(tenant, ids, "acknowledged");
    expect(outcomes).toMatchObject([
      { id: resolved.id, outcome: "conflict", alert: { status: "resolved" } },
      { id: foreign.id, outcome: "not_found", alert: null },
      { id: open.id, outcome: "changed", alert: { status: "acknowledged" } },
      { id: unknown, outcome: "not_found", alert: null },
      { id: acknowledged.id, outcome: "unchanged", alert: { status: "acknowledged" } },
    ]);
  });

  test("of a colleague alone are none", async () => {
    const owner = makeTenant();
    const colleague = makeTenant({ tenantId: owner.tenantId });
    const { id } = await raiseForOwner(owner);
    expect(await changeAlerts(colleague, [id], "resolved")).toEqual([
      { id, outcome: "not_found", alert: null },
    ]);
    expect(await changeAlerts(owner, [id], "acknowledged")).toMatchObject([{ outcome: "changed" }]);
  });

  test("taken by two people in opposite order come to one end", async () => {
    const tenant = makeTenant();
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) ids.push((await raise(tenant)).id);
    const pushes = Array.from({ length: 6 }, (_, i) =>
      changeAlerts(tenant, i % 2 ? ids : [...ids].reverse(), "resolved"),
    );
    const outcomes = (await Promise.all(pushes)).flat().map(({ outcome }) => outcome);
    expect(outcomes.filter((each) => each === "changed")).toHaveLength(10);
    expect(outcomes.filter((each) => each === "unchanged")).toHaveLength(50);
  });
});
