import "../testing/environment";
import type { QueryConfig } from "pg";
import type { TenantContext } from "../../../lib/auth/tenancy/tenant";
import { startPostgres } from "../postgres";
import { makeTenant } from "../testing/tenant";
import { asSuperuser, seed } from "./seed";

/**
 * How the lists, counts and charts of a tenant with 100,000 rows are planned and how long they take, beside those of a
 * thousand tenants: a million items and alerts, five million entries of the record. `--small`: a tenth of all others.
 */
const SHARE = process.argv.includes("--small") ? 0.1 : 1;
const OTHERS = { tenants: 1_000, items: 1e6 * SHARE, alerts: 1e6 * SHARE, auditEvents: 5e6 * SHARE };
const OWN = { tenants: 1, items: 1e5, alerts: 1e5, auditEvents: 1e5 };
const TENANT = "tenant-0";
const TIMES = 7;
/** More rows than this sorted or read past are worth a look. */
const PAGE = 101;

type Node = {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
};

const postgres = await startPostgres();
if (postgres) {
  try {
    const { appUrl, superuserUrl } = await postgres.createDatabase();
    await asSuperuser(superuserUrl, async (client) => {
      await seed(client, OTHERS);
      await seed(client, OWN);
    });
    process.env.DATABASE_URL = appUrl;
    await measureAll();
  } finally {
    await postgres.destroy();
  }
} else console.log("skipped: there is no PostgreSQL here");

async function measureAll(): Promise<void> {
  const { closeDatabase } = await import("../../../lib/db/client");
  const { FEATURES } = await import("../../../lib/features");
  const tenant = makeTenant({ tenantId: TENANT, groups: ["admin"] });
  const cases = await casesOf(tenant);
  for (const { name, home } of FEATURES.map((each) => ({ home: undefined, ...each }))) {
    if (home) cases.push([`${name} on the start page`, () => home(tenant, 5)]);
  }
  console.log(
    `a tenant of ${OWN.items} rows beside ${OTHERS.items} of ${OTHERS.tenants}; median of ${TIMES}, ms\n`,
  );
  for (const [name, ask] of cases) await measure(name, ask);
  await closeDatabase();
}

type Case = [name: string, ask: () => Promise<unknown>];

async function casesOf(tenant: TenantContext): Promise<Case[]> {
  const [{ listItems }, { listAlerts }, { summariseAlerts }, { listAudit }] = await Promise.all([
    import("../../../lib/items/list-items"),
    import("../../../lib/alerts/list-alerts"),
    import("../../../lib/alerts/summarise-alerts"),
    import("../../../lib/audit/list-audit"),
  ]);
  const page = { limit: 50, cursor: undefined };
  const items = (query: Partial<Parameters<typeof listItems>[1]>) => () =>
    listItems(tenant, { ...page, ...query });
  const alerts = (query: object) => () => listAlerts(tenant, { ...page, ...query });
  const audit = (query: object) => () => listAudit(tenant, { ...page, ...query });
  const member = makeTenant({ tenantId: TENANT });
  return [
    ["items", items({})],
    ["items that contain, none", items({ contains: "nothing" })],
    ["items that contain, many", items({ contains: "99" })],
    ["items that begin with", items({ starts_with: "item 99" })],
    ["items that begin with, all", items({ starts_with: "item" })],
    ["alerts", alerts({})],
    ["alerts of a member", () => listAlerts(member, page)],
    ["alerts, open", alerts({ status: "open" })],
    ["alerts, critical", alerts({ severity: "critical" })],
    ["alerts, open and critical", alerts({ status: "open", severity: "critical" })],
    ["alerts of a source", alerts({ source: "source-7" })],
    ["alerts of a source, open", alerts({ source: "source-7", status: "open" })],
    ["alerts of no source", alerts({ source: "nothing" })],
    ["alerts in numbers", () => summariseAlerts(tenant, "Asia/Tokyo")],
    ["alerts in numbers, a member", () => summariseAlerts(member, "Asia/Tokyo")],
    ["record", audit({})],
    ["record of an action", audit({ action: "item.created" })],
    ["record of a group", audit({ action: "item" })],
    ["record of no action", audit({ action: "tenant.mismatch" })],
    ["record, refused", audit({ outcome: "refused" })],
    ["record of somebody", audit({ actor: "sub-3" })],
    ["record of nobody", audit({ actor: "nobody" })],
    ["record about", audit({ subject: "subject-7" })],
    [
      "record of a day",
      audit({ from: new Date(Date.now() - 864e5).toISOString(), to: new Date().toISOString() }),
    ],
  ];
}

async function measure(name: string, ask: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  let asked: QueryConfig[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    asked = await watched(ask);
    took.push(performance.now() - began);
  }
  const median = took.sort((a, b) => a - b)[TIMES >> 1] ?? 0;
  console.log(`${name.padEnd(28)} ${median.toFixed(1).padStart(7)}`);
  for (const statement of asked) console.log(`    ${await planOf(statement)}`);
}

/** What is asked of the database by it, without what every transaction begins with. */
async function watched(ask: () => Promise<unknown>): Promise<QueryConfig[]> {
  const { LimitedClient } = await import("../../../lib/db/limited-client");
  const { fly } = LimitedClient.prototype;
  const asked: QueryConfig[] = [];
  LimitedClient.prototype.fly = function (statements, own) {
    asked.push(...statements.filter(({ text }) => /^\(*select .* from "/s.test(text)));
    return fly.call(this, statements, own);
  };
  try {
    await ask();
  } finally {
    LimitedClient.prototype.fly = fly;
  }
  return asked;
}

/** As its tenant runs it, policies included: what is read by which index, and what is read or sorted in vain. */
async function planOf({ text, values = [] }: QueryConfig): Promise<string> {
  const { sql } = await import("drizzle-orm");
  const { withTenant } = await import("../../../lib/db/with-tenant");
  const parts = text
    .split(/(\$\d+)/)
    .map((part) => (/^\$\d+$/.test(part) ? sql`${values[Number(part.slice(1)) - 1]}` : sql.raw(part)));
  const { rows } = (await withTenant(TENANT, (tx) =>
    tx.execute(sql`explain (analyze, format json) ${sql.join(parts)}`),
  )) as unknown as { rows: { "QUERY PLAN": [{ Plan: Node; "Execution Time": number }] }[] };
  const [plan] = rows[0]?.["QUERY PLAN"] ?? [];
  return plan ? `${plan["Execution Time"].toFixed(1)} ms  ${shown(plan.Plan).join(", ")}` : "no plan";
}

function shown(node: Node): string[] {
  const { "Node Type": type, "Relation Name": table, "Rows Removed by Filter": past = 0, Plans = [] } = node;
  const isSort = type === "Sort" && node["Actual Rows"] > PAGE;
  const note = [
    ...(past > PAGE ? [`${past} in vain`] : []),
    ...(isSort ? [`${node["Actual Rows"]} sorted`] : []),
  ].join(" ");
  const own = table !== undefined || /Bitmap Index/.test(type) || isSort;
  return [
    ...(own ? [`${type} ${node["Index Name"] ?? table ?? ""} ${note}`.trim()] : []),
    ...Plans.flatMap(shown),
  ];
}
