import { type SQL, sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { LimitedClient } from "../../../lib/db/limited-client";
import { withTenant } from "../../../lib/db/with-tenant";
import { asSuperuser } from "../bench/seed";

type PlanNode = {
  "Node Type": string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
  "Parent Relationship"?: string;
  Plans?: PlanNode[];
};

/** Of `n` rows, whose is row `n`, a fifth of them the tenant's, and when it was made. */
export const spread = (tenantId: string): { owner: SQL; moment: SQL } => ({
  owner: sql`case when n % 5 = 0 then ${tenantId} else 'tenant-' || n % 5 end`,
  moment: sql`now() - make_interval(secs => n / 3)`,
});

/**
 * Vacuums a table of this file's database until an index alone tells of all its rows: a page that the server looks at in
 * the same moment is passed by.
 *
 * @public for features
 */
export async function vacuum(table: string): Promise<void> {
  const isVisible = "select relallvisible = relpages as all_of_it from pg_class where oid = $1::regclass";
  await asSuperuser(process.env.TEST_DATABASE_SUPERUSER_URL ?? "", async (client) => {
    const vacuumed = async () => {
      await client.query(`vacuum analyze ${table}`);
      expect((await client.query(isVisible, [table])).rows).toEqual([{ all_of_it: true }]);
    };
    await vi.waitFor(vacuumed, { timeout: 60_000 });
  });
}

const A_LIST = /^select .* limit/s;

/** The plan of the list that `work` asks for, or of what else is `wanted`, as its tenant runs it, from the top. */
export async function planOf(
  tenantId: string,
  work: () => Promise<unknown>,
  wanted = A_LIST,
): Promise<PlanNode[]> {
  const watched = vi.spyOn(LimitedClient.prototype, "fly");
  await work();
  const sent = watched.mock.calls.flatMap(([statements]) => statements).find(({ text }) => wanted.test(text));
  watched.mockRestore();
  if (!sent) throw new Error("no query was seen");
  const params = sent.values ?? [];
  const text = sent.text
    .split(/(\$\d+)/)
    .map((part) => (/^\$\d+$/.test(part) ? sql`${params[Number(part.slice(1)) - 1]}` : sql.raw(part)));
  const { rows } = (await withTenant(tenantId, (tx) =>
    tx.execute(sql`explain (analyze, format json) ${sql.join(text)}`),
  )) as unknown as { rows: { "QUERY PLAN": { Plan: PlanNode }[] }[] };
  // What is looked up for each row that is shown, by its key, is no part of the list.
  const isOfList = (plan: PlanNode) => plan["Parent Relationship"] !== "SubPlan";
  const flatten = (plan: PlanNode): PlanNode[] => [
    plan,
    ...(plan.Plans ?? []).filter(isOfList).flatMap(flatten),
  ];
  const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
  return plan ? flatten(plan) : [];
}

/** Expects that a page of 50 goes along the index, and that no row is read that it does not show. */
export function expectOnlyShown(plan: PlanNode[], index: string): void {
  // A "Result" checks once that the query's tenant is the transaction's.
  const nodes = plan.filter((node) => node["Node Type"] !== "Result");
  expect(nodes.map((node) => node["Node Type"])).toEqual(["Limit", "Index Scan"]);
  expect(nodes[1]).toMatchObject({ "Index Name": index, "Actual Rows": 51 });
  for (const node of plan) expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
}
