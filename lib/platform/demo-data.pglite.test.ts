import { expect, test, vi } from "vitest";
import { provideCognito } from "../../infra/local/testing/provide-cognito";
import { withDatabase } from "../db/client";
import { auditEvents, members, tenants } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { ACTIONS } from "../features";
import { giveDemoData } from "./demo-data";
import { tablesOfTenants } from "./tenant-tables";

await provideCognito({ colleagues: true });

const readAll = (tenantId: string) =>
  withTenant(tenantId, async (tx) => {
    const events = await tx.select().from(auditEvents);
    const people = await tx.select().from(members);
    const rows: Record<string, unknown>[] = [];
    for (const table of await tablesOfTenants()) rows.push(...(await tx.select().from(table)));
    return { events, people, rows };
  });
const listTenants = () => withDatabase((db) => db.select().from(tenants));

test("a new database is filled with what members did, none of it ahead, all of it on record", async () => {
  await giveDemoData();
  const { events, people, rows } = await readAll("acme");
  const subs = new Set<unknown>(people.map(({ sub }) => sub));
  expect(subs.size).toBeGreaterThan(10);
  expect(events.length).toBeGreaterThan(30);
  expect(events.filter(({ action }) => !ACTIONS.includes(action))).toEqual([]);
  const owned = rows.filter(({ ownerSub }) => ownerSub !== undefined);
  const recorded = new Set<unknown>(events.map(({ subjectId }) => subjectId));
  expect(owned.filter(({ ownerSub, id }) => !subs.has(ownerSub) || !recorded.has(id))).toEqual([]);
  const now = Date.now();
  const moments = rows.flatMap((row) => Object.values(row).filter((value) => value instanceof Date));
  expect(moments.filter((moment) => moment.getTime() > now)).toEqual([]);
  expect(new Set(people.map(({ status }) => status))).toEqual(new Set(["active", "disabled", "invited"]));
});

test("whatever there is already stays as it is, and tenants are called by names", async () => {
  const before = await readAll("acme");
  await giveDemoData();
  expect((await readAll("acme")).events).toHaveLength(before.events.length);
  expect((await listTenants()).map(({ name }) => name).sort()).toEqual(["Acme", "Globex", "Sekisho"]);
});

test("a day that has just begun has no evening yet", async () => {
  // Tomorrow's: what was filled in above stays on record, and is not ahead of it.
  vi.setSystemTime(new Date().setHours(24, 5, 0, 0));
  try {
    await withDatabase((db) => db.delete(tenants));
    await giveDemoData();
    const { events } = await readAll("acme");
    expect(events.filter(({ createdAt }) => createdAt > new Date())).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
