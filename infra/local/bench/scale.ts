import "../testing/environment";
import type { QueryConfig } from "pg";
import { startPostgres } from "../postgres";
import { makeTenant } from "../testing/tenant";
import { partsOf, type ScalePart } from "./scale-part";
import { asSuperuser, seed } from "./seed";

/**
 * How the lists, counts and charts of a tenant with 100,000 rows are planned and how long they take, beside those of a
 * thousand tenants: a million items and alerts, five million entries of the record. `--small`: a tenth of all others.
 */
const SHARE = process.argv.includes("--small") ? 0.1 : 1;
const TENANTS = 1_000;
const OWN = 1e5;
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
    const parts = await partsOf();
    await asSuperuser(superuserUrl, async (client) => {
      for (const { insert, others } of parts) {
        await seed(client, insert, { tenants: TENANTS, rows: others * SHARE });
        await seed(client, insert, { tenants: 1, rows: OWN });
      }
    });
    process.env.DATABASE_URL = appUrl;
    await measureAll(parts);
  } finally {
    await postgres.destroy();
  }
} else console.log("skipped: there is no PostgreSQL here");

async function measureAll(parts: readonly ScalePart[]): Promise<void> {
  const { closeDatabase } = await import("../../../lib/db/client");
  const { FEATURES } = await import("../../../lib/features");
  const tenant = makeTenant({ tenantId: TENANT, groups: ["admin"] });
  const member = makeTenant({ tenantId: TENANT });
  const cases = (await Promise.all(parts.map((part) => part.cases(tenant, member)))).flat();
  for (const { name, home } of FEATURES.map((each) => ({ home: undefined, ...each }))) {
    if (home) cases.push([`${name} on the start page`, () => home(tenant, 5)]);
  }
  console.log(
    `a tenant of ${OWN} rows of each kind beside ${TENANTS} others; of ${TIMES} times the median and the shortest, ms\n`,
  );
  for (const [name, ask] of cases) await measure(name, ask);
  await closeDatabase();
}

async function measure(name: string, ask: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  let asked: QueryConfig[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    asked = await watched(ask);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const [median = 0, shortest = 0] = [took[TIMES >> 1], took[0]];
  console.log(name.padEnd(28), ...[median, shortest].map((ms) => ms.toFixed(1).padStart(7)));
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
