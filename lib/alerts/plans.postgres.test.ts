import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { expectOnlyShown, planOf, spread, vacuum } from "../../infra/local/testing/query-plan";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { alertsToAttend } from "./attention";
import { listAlerts } from "./list-alerts";
import { summariseAlerts } from "./summarise-alerts";
import { watchAlerts } from "./watch-alerts";

const tenant = makeTenant();
const plan = (query: Partial<Parameters<typeof listAlerts>[1]>) =>
  planOf(tenant.tenantId, () => listAlerts(tenant, { limit: 50, ...query }));

beforeAll(async () => {
  const { owner, moment } = spread(tenant.tenantId);
  await asSuperuser(async (tx) => {
    await tx.execute(sql`
      insert into alerts
        (tenant_id, id, title, detail, severity, status, source, owner_sub, assignee_sub, created_at, updated_at)
      select ${owner}, gen_random_uuid(), 't', '', (array['info', 'warning', 'critical'])[1 + n % 3],
        (array['open', 'acknowledged', 'resolved'])[1 + n % 7 % 3], 'source-' || n % 4, 'x',
        case when n / 5 % 2 = 0 then 'sub-' || n % 3 end, ${moment}, ${moment}
      from generate_series(1, 20000) n`);
  });
  await vacuum("alerts");
});

test("a page reads no row that it does not show, the first one and one from a cursor", async () => {
  expectOnlyShown(await plan({}), "alerts_by_creation");
  const { next } = await listAlerts(tenant, { limit: 50 });
  expectOnlyShown(await plan({ cursor: next ?? "" }), "alerts_by_creation");
});

test.each([
  [{ status: "open" }, "alerts_by_status"],
  [{ severity: "critical" }, "alerts_by_severity"],
  [{ status: "open", severity: "critical" }, "alerts_counted"],
  [{ source: "source-1" }, "alerts_by_source"],
  [{ assignee: "sub-1" }, "alerts_by_assignee"],
  [{ assignee: "nobody" }, "alerts_of_nobody"],
] as const)("narrowed by %o reads no row that it does not show", async (filter, index) => {
  expectOnlyShown(await plan(filter), index);
});

test("what changed lately, for a page that is live, is read by the time of the change", async () => {
  const again = async () => tenant;
  const watch = watchAlerts(tenant, { since: new Date(), again, signal: new AbortController().signal });
  const nodes = await planOf(tenant.tenantId, async () => {
    for await (const { type } of watch) if (type === "alerts" || type === "reset") break;
  });
  expect(nodes.map((node) => node["Index Name"])).toContain("alerts_by_change");
  expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
});

test.each([
  ["the chart and the open ones", () => summariseAlerts(tenant, "Asia/Tokyo"), /union all/],
  ["the critical ones", () => alertsToAttend(tenant, 5), /^select count/],
] as const)("what counts %s reads an index and no row", async (_, work, wanted) => {
  const nodes = await planOf(tenant.tenantId, work, wanted);
  const scans = nodes.filter(
    // What the caller alone is told is few, and read by who it is for.
    (node) =>
      /Scan/.test(node["Node Type"]) &&
      !/Function|Subquery/.test(node["Node Type"]) &&
      node["Index Name"] !== "alerts_by_notice",
  );
  expect(scans).not.toEqual([]);
  for (const scan of scans) {
    expect(scan).toMatchObject({ "Node Type": "Index Only Scan", "Heap Fetches": 0 });
    expect(scan["Rows Removed by Filter"] ?? 0).toBe(0);
  }
});

test("the chart and the open ones are counted by indexes of what everybody sees", async () => {
  const nodes = await planOf(tenant.tenantId, () => summariseAlerts(tenant, "Asia/Tokyo"), /union all/);
  const names = nodes.flatMap(({ "Index Name": name }) => name ?? []);
  expect(names).toEqual([
    "alerts_of_all_raised",
    "alerts_by_notice",
    "alerts_of_all_open",
    "alerts_by_notice",
  ]);
});
