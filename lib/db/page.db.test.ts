import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAlerts } from "../alerts/list-alerts";
import { alerts } from "../alerts/tables";
import type { TenantContext } from "../auth/tenancy/tenant";
import { listItems } from "../items/list-items";
import { items } from "../items/tables";
import { withTenant } from "./with-tenant";

type Row = { id: string; createdAt: Date };
type Page = { rows: { id: string }[]; next: string | null };
type Query = { limit: number; cursor: string | undefined };
type List = {
  list(tenant: TenantContext, query: Query): Promise<Page>;
  plant(tenant: TenantContext, rows: Row[]): Promise<unknown>;
};

const base = ({ tenantId }: TenantContext, row: Row) => ({
  ...row,
  tenantId,
  ownerSub: "x",
  updatedAt: row.createdAt,
});
const lists: Record<string, List> = {
  items: {
    list: listItems,
    plant: (tenant, rows) =>
      withTenant(tenant.tenantId, (tx) =>
        tx.insert(items).values(rows.map((row) => ({ ...base(tenant, row), name: "n", description: "" }))),
      ),
  },
  alerts: {
    list: listAlerts,
    plant: (tenant, rows) =>
      withTenant(tenant.tenantId, (tx) =>
        tx.insert(alerts).values(
          rows.map((row) => ({
            ...base(tenant, row),
            title: "t",
            detail: "",
            severity: "info" as const,
            source: "s",
          })),
        ),
      ),
  },
};

/** Rows of these moments (milliseconds), under ids in no particular order. */
const rowsAt = (...moments: number[]): Row[] =>
  moments.map((moment) => ({ id: uuidv7(), createdAt: new Date(1_700_000_000_000 + moment) }));
const newestFirst = (rows: Row[]) =>
  [...rows]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
const idsOf = ({ rows }: Page) => rows.map(({ id }) => id);

describe.each(Object.entries(lists))("the list of %s", (name, { list, plant }) => {
  let tenant: TenantContext;
  beforeEach(() => {
    tenant = makeTenant();
  });

  /** Every page from the first to the last; `between` runs after each. */
  async function walk(limit: number, between = async () => {}): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(tenant, { limit, cursor });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      seen.push(...idsOf(page));
      expect(seen.length, "the pages come to an end").toBeLessThan(200);
      cursor = page.next ?? undefined;
      await between();
    } while (cursor !== undefined);
    return seen;
  }

  test("is one empty page when there is nothing", async () => {
    expect(await list(tenant, { limit: 50, cursor: undefined })).toEqual({ rows: [], next: null });
  });

  test.each([1, 2, 5])("of exactly a page of %d has no next page, one more row makes one", async (limit) => {
    const rows = rowsAt(...Array.from({ length: limit }, (_, i) => i));
    await plant(tenant, rows);
    const page = await list(tenant, { limit, cursor: undefined });
    expect(idsOf(page)).toEqual(newestFirst(rows));
    expect(page.next).toBeNull();

    const oldest = rowsAt(-1);
    await plant(tenant, oldest);
    const first = await list(tenant, { limit, cursor: undefined });
    expect(idsOf(first)).toEqual(newestFirst(rows));
    const second = await list(tenant, { limit, cursor: first.next ?? undefined });
    expect(idsOf(second)).toEqual(newestFirst(oldest));
    expect(second.next).toBeNull();
  });

  test.each([1, 3, 10, 100])(
    "in pages of %d shows each row once, newest first, equal times too",
    async (limit) => {
      const rows = rowsAt(...Array.from({ length: 41 }, (_, i) => Math.floor(i / 9)));
      await plant(tenant, rows);
      expect(await walk(limit)).toEqual(newestFirst(rows));
    },
  );

  test("neither repeats nor misses a row while others are added, before and behind the reader", async () => {
    const rows = rowsAt(...Array.from({ length: 20 }, (_, i) => i * 10));
    await plant(tenant, rows);
    const newer: Row[] = [];
    const older: Row[] = [];
    let step = 0;
    const seen = await walk(4, async () => {
      step += 1;
      const [ahead, behind] = [rowsAt(1_000 + step), rowsAt(-1_000 - step)];
      if (step > 3) return;
      newer.push(...ahead);
      older.push(...behind);
      await plant(tenant, [...ahead, ...behind]);
    });
    expect(seen).toEqual(newestFirst([...rows, ...older]));
    expect(await walk(4)).toEqual(newestFirst([...newer, ...rows, ...older]));
  });

  test("goes on behind a row that is gone by then", async () => {
    if (name !== "items") return;
    const rows = rowsAt(1, 2, 3, 4);
    await plant(tenant, rows);
    const first = await list(tenant, { limit: 2, cursor: undefined });
    await withTenant(tenant.tenantId, (tx) => tx.delete(items));
    await plant(tenant, rows.slice(0, 2));
    const second = await list(tenant, { limit: 2, cursor: first.next ?? undefined });
    expect(idsOf(second)).toEqual(newestFirst(rows.slice(0, 2)));
  });

  test("refuses a cursor of another tenant and of the other list", async () => {
    const other = makeTenant();
    const refusal = { code: "invalid_request", fields: [{ field: "cursor" }] };
    for (const { plant: plantEach } of Object.values(lists)) {
      await plantEach(tenant, rowsAt(1, 2));
      await plantEach(other, rowsAt(1, 2));
    }
    const [ofItems, ofAlerts] = await Promise.all(
      Object.values(lists).map((each) => each.list(tenant, { limit: 1, cursor: undefined })),
    );
    const wrong = name === "items" ? ofAlerts : ofItems;
    const { next } = await list(other, { limit: 1, cursor: undefined });
    for (const cursor of [next, wrong?.next, "garbage", ""]) {
      expect(typeof cursor).toBe("string");
      await expect(list(tenant, { limit: 1, cursor: cursor ?? undefined })).rejects.toMatchObject(refusal);
    }
  });
});
