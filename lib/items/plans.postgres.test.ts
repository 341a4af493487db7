import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { expectOnlyShown, planOf, spread, vacuum } from "../../infra/local/testing/query-plan";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAndCountItems, listItems } from "./list-items";

const tenant = makeTenant();
const plan = (query: Partial<Parameters<typeof listItems>[1]>) =>
  planOf(tenant.tenantId, () => listItems(tenant, { limit: 50, ...query }));

beforeAll(async () => {
  const { owner, moment } = spread(tenant.tenantId);
  await asSuperuser(async (tx) => {
    await tx.execute(sql`
      insert into items (tenant_id, id, name, description, owner_sub, created_at, updated_at)
      select ${owner}, gen_random_uuid(), 'Name ' || n, '', 'owner-' || n % 4, ${moment}, ${moment} from generate_series(1, 20000) n`);
  });
  await vacuum("items");
});

test("a page reads no row that it does not show, the first one and one from a cursor", async () => {
  expectOnlyShown(await plan({}), "items_by_creation");
  const { next } = await listItems(tenant, { limit: 50 });
  expectOnlyShown(await plan({ cursor: next ?? "" }), "items_by_creation");
});

test("a prefix that few names have is looked up in an index, and no other row is read", async () => {
  const nodes = await plan({ starts_with: "name 495" });
  const scan = nodes.find(({ "Index Name": name }) => name !== undefined);
  expect(scan).toMatchObject({ "Index Name": "items_in_order_of_name", "Actual Rows": 3 });
  for (const node of nodes) expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
});

test.each([
  [{ sort: "created" }, "items_by_creation"],
  [{ sort: "-changed" }, "items_by_change"],
  [{ sort: "changed" }, "items_by_change"],
  [{ sort: "name" }, "items_in_order_of_name"],
  [{ sort: "-name" }, "items_in_order_of_name"],
  [{ owner: "owner-1" }, "items_by_owner"],
] as const)("listed by %o reads no row that it does not show", async (query, index) => {
  expectOnlyShown(await plan(query), index);
});

test.each(["name", "-name", "-changed"] as const)(
  "a later page in the order %s is found in the index, and of the rows before only that of the cursor is read",
  async (sort) => {
    const { next } = await listItems(tenant, { limit: 50, sort });
    const nodes = await plan({ sort, cursor: next ?? "" });
    expect(nodes.map((node) => node["Node Type"])).not.toContain("Sort");
    const scan = nodes.find(({ "Index Name": name }) => name !== undefined);
    expect(scan).toMatchObject({ "Node Type": "Index Scan", "Actual Rows": 51 });
    expect(scan?.["Rows Removed by Filter"] ?? 0).toBeLessThanOrEqual(1);
  },
);

test.each([
  ["many have", "name 1"],
  ["none has", "nothing"],
])("a search for what %s reads an index of texts, and no row that it does not show", async (_, contains) => {
  const [list, count] = [/^select .* order by/s, /^select count/];
  const work = () => listAndCountItems(tenant, { limit: 50, contains });
  for (const query of contains === "nothing" ? [list] : [list, count]) {
    const nodes = await planOf(tenant.tenantId, work, query);
    const types = nodes.map((node) => node["Node Type"]);
    expect(types).not.toContain("Seq Scan");
    expect(nodes).toContainEqual(
      expect.objectContaining({
        "Node Type": "Index Only Scan",
        "Index Name": "items_with_short_text",
        "Heap Fetches": 0,
      }),
    );
    for (const node of nodes) {
      if (node["Node Type"] === "Sort") expect(node["Actual Rows"]).toBeLessThanOrEqual(51);
      if (node["Node Type"] === "Index Scan") expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
    }
  }
});

test("a search that finds less than a page has counted what it found, and reads no more", async () => {
  const work = () => listAndCountItems(tenant, { limit: 50, contains: "nothing" });
  expect(await work()).toMatchObject({ rows: [], total: 0, hasMoreThanTotal: false });
  await expect(planOf(tenant.tenantId, work, /^select count/)).rejects.toThrow("no query was seen");
});

test.each(["name", "-changed"] as const)("a search in the order %s sorts nothing", async (sort) => {
  const nodes = await plan({ contains: "name 1", sort });
  expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
  expect(nodes.map((node) => node["Node Type"])).not.toContain("Sort");
});
