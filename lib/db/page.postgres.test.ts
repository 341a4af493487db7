import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAlerts } from "../alerts/list-alerts";
import { watchAlerts } from "../alerts/watch-alerts";
import { listItems } from "../items/list-items";
import { withTenant } from "./with-tenant";

const tenant = makeTenant();
const ROWS = 20_000;

type Plan = {
  "Node Type": string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};

beforeAll(async () => {
  await asSuperuser(async (tx) => {
    const moment = sql`now() - make_interval(secs => n / 3)`;
    const owner = sql`case when n % 5 = 0 then ${tenant.tenantId} else 'tenant-' || n % 5 end`;
    await tx.execute(sql`
      insert into items (tenant_id, id, name, description, owner_sub, created_at, updated_at)
      select ${owner}, gen_random_uuid(), 'Name ' || n, '', 'x', ${moment}, now() from generate_series(1, ${ROWS}::int) n`);
    await tx.execute(sql`
      insert into alerts
        (tenant_id, id, title, detail, severity, status, source, owner_sub, created_at, updated_at)
      select ${owner}, gen_random_uuid(), 't', '', (array['info', 'warning', 'critical'])[1 + n % 3],
        (array['open', 'acknowledged', 'resolved'])[1 + n % 7 % 3], 'source-' || n % 4, 'x', ${moment}, ${moment}
      from generate_series(1, ${ROWS}::int) n`);
    await tx.execute(sql`analyze items, alerts`);
  });
});
afterAll(() => vi.restoreAllMocks());

/** The plan of the last query that `work` sent, as its tenant runs it. */
async function planOf(work: () => Promise<unknown>): Promise<Plan[]> {
  const watched = vi.spyOn(Client.prototype, "query");
  await work();
  const sent = watched.mock.calls
    .map(([query, values]) => ({ query: query as unknown as { text: string }, values: values as unknown }))
    .find(({ query }) => /^select .* limit/s.test(query.text));
  watched.mockRestore();
  if (!sent) throw new Error("no query was seen");
  const params = sent.values as unknown[];
  const text = sent.query.text
    .split(/(\$\d+)/)
    .map((part) => (/^\$\d+$/.test(part) ? sql`${params[Number(part.slice(1)) - 1]}` : sql.raw(part)));
  const { rows } = (await withTenant(tenant.tenantId, (tx) =>
    tx.execute(sql`explain (analyze, format json) ${sql.join(text)}`),
  )) as unknown as { rows: { "QUERY PLAN": { Plan: Plan }[] }[] };
  const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];
  const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
  return plan ? flatten(plan) : [];
}

describe.each([
  ["items", listItems],
  ["alerts", listAlerts],
] as const)("the list of %s", (name, list) => {
  test.each(["first page", "page from a cursor"])("reads no row that it does not show: %s", async (which) => {
    const first = await list(tenant, { limit: 50, cursor: undefined });
    const cursor = which === "first page" ? undefined : (first.next ?? undefined);
    const plan = await planOf(() => list(tenant, { limit: 50, cursor }));
    // A "Result" checks once that the query's tenant is the transaction's.
    const nodes = plan.filter((node) => node["Node Type"] !== "Result");
    expect(nodes.map((node) => node["Node Type"])).toEqual(["Limit", "Index Scan"]);
    expect(nodes[1]).toMatchObject({ "Index Name": `${name}_by_creation`, "Actual Rows": 51 });
    for (const node of plan) expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
  });
});

describe("the list of alerts, narrowed", () => {
  test.each([
    [{ status: "open" }, "alerts_by_status"],
    [{ severity: "critical" }, "alerts_by_severity"],
    [{ status: "open", severity: "critical" }, "alerts_by_status_and_severity"],
    [{ source: "source-1" }, "alerts_by_source"],
  ] as const)("by %o reads no row that it does not show", async (filter, index) => {
    const plan = await planOf(() => listAlerts(tenant, { limit: 50, cursor: undefined, ...filter }));
    const nodes = plan.filter((node) => node["Node Type"] !== "Result");
    expect(nodes.map((node) => node["Node Type"])).toEqual(["Limit", "Index Scan"]);
    expect(nodes[1]).toMatchObject({ "Index Name": index });
    for (const node of plan) expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
  });

  test("to what changed lately, for a page that is live, reads by the time of the change", async () => {
    const since = new Date();
    const watch = watchAlerts(tenant, {
      since,
      again: async () => tenant,
      signal: new AbortController().signal,
    });
    const plan = await planOf(async () => {
      for await (const { type } of watch) if (type === "alerts" || type === "reset") break;
    });
    expect(plan.map((node) => node["Index Name"])).toContain("alerts_by_change");
    expect(plan.map((node) => node["Node Type"])).not.toContain("Seq Scan");
  });
});

test("a prefix that few names have is looked up in an index, and no other row is read", async () => {
  const plan = await planOf(() =>
    listItems(tenant, { limit: 50, cursor: undefined, starts_with: "name 495" }),
  );
  const scan = plan.find(({ "Index Name": name }) => name !== undefined);
  expect(scan).toMatchObject({ "Index Name": "items_by_name", "Actual Rows": 3 });
  for (const node of plan) expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
});
