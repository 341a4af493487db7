import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import type { TenantContext } from "../../../lib/auth/tenancy/tenant";
import { decodeCursor, encodeCursor, type Position } from "../../../lib/db/cursor";
import type { Page } from "../../../lib/db/page";
import { makeTenant } from "./tenant";

type PagedList = {
  /** What its cursors are signed for: the name of its feature. */
  name: string;
  list(
    tenant: TenantContext,
    query: { limit: number; cursor: string | undefined },
  ): Promise<Page<{ id: string }>>;
  plant(tenant: TenantContext, rows: Position[]): Promise<unknown>;
  /** Removes every row of the tenant; not there for what is never removed. */
  clear?(tenant: TenantContext): Promise<unknown>;
};

/** Rows of these moments (milliseconds), under ids in no particular order. */
const rowsAt = (...moments: number[]): Position[] =>
  moments.map((moment) => ({ id: uuidv7(), createdAt: new Date(1_700_000_000_000 + moment) }));
const newestFirst = (rows: Position[]) =>
  [...rows]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
const idsOf = ({ rows }: Page<{ id: string }>) => rows.map(({ id }) => id);

/** Tests of a list that is read page by page. */
export function testPages({ name, list, plant, clear }: PagedList): void {
  describe(`the list of ${name}`, () => {
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

    test.each([1, 2, 5])(
      "of exactly a page of %d has no next page, one more row makes one",
      async (limit) => {
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
      },
    );

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
      const newer: Position[] = [];
      const older: Position[] = [];
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

    if (clear) {
      test("goes on behind a row that is gone by then", async () => {
        const rows = rowsAt(1, 2, 3, 4);
        await plant(tenant, rows);
        const first = await list(tenant, { limit: 2, cursor: undefined });
        await clear(tenant);
        await plant(tenant, rows.slice(0, 2));
        const second = await list(tenant, { limit: 2, cursor: first.next ?? undefined });
        expect(idsOf(second)).toEqual(newestFirst(rows.slice(0, 2)));
      });
    }

    test("has cursors of its own, and refuses those of another tenant or list", async () => {
      const other = makeTenant();
      const rows = rowsAt(1, 2);
      const [, newest] = rows as [Position, Position];
      for (const each of [tenant, other]) await plant(each, rows);
      const [own, foreign] = await Promise.all(
        [tenant, other].map(async (each) => (await list(each, { limit: 1, cursor: undefined })).next),
      );
      expect(decodeCursor(own ?? "", tenant.tenantId, name)).toEqual(newest);
      const ofAnotherList = encodeCursor(newest, tenant.tenantId, `other ${name}`);
      for (const cursor of [foreign, ofAnotherList, "garbage", ""]) {
        expect(typeof cursor).toBe("string");
        const refused = list(tenant, { limit: 1, cursor: cursor ?? undefined });
        await expect(refused).rejects.toMatchObject({
          code: "invalid_request",
          fields: [{ field: "cursor" }],
        });
      }
    });
  });
}
