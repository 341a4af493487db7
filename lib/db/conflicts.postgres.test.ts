import { eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { AppError } from "../errors";
import { withDatabase } from "./client";
import { members } from "./schema";
import { type TenantTransaction, withTenant } from "./with-tenant";

const tenant = makeTenant();
const [ONE, OTHER] = [uuidv7(), uuidv7()];

beforeEach(() =>
  withTenant(tenant.tenantId, async (tx) => {
    await tx.delete(members);
    for (const sub of [ONE, OTHER]) {
      const who = { tenantId: tenant.tenantId, sub, username: "", email: `${sub}@x.example` };
      const what = { role: "member", isOperator: false, status: "active" } as const;
      await tx.insert(members).values({ ...who, ...what, createdAt: new Date(), updatedAt: new Date() });
    }
  }),
);

const addTo = (tx: TenantTransaction, sub: string) =>
  tx
    .update(members)
    .set({ username: sql`${members.username} || 'x'` })
    .where(eq(members.sub, sub));
const usernames = () =>
  withTenant(tenant.tenantId, async (tx) =>
    (await tx.select().from(members)).map(({ username }) => username),
  );

/** Lets every caller through once as many as `expected` are there, and whoever comes later at once. */
function meetingOf(expected: number): () => Promise<void> {
  let there = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    there += 1;
    if (there >= expected) open();
    return all;
  };
}

test("of two transactions that wait for each other's rows, the one that PostgreSQL takes back is carried out again", async () => {
  const meet = meetingOf(2);
  let begun = 0;
  const crossing = (first: string, then: string) =>
    withTenant(tenant.tenantId, async (tx) => {
      begun += 1;
      await addTo(tx, first);
      await meet();
      await addTo(tx, then);
    });
  await Promise.all([crossing(ONE, OTHER), crossing(OTHER, ONE)]);
  expect(begun).toBe(3);
  expect(await usernames()).toEqual(["xx", "xx"]);
});

/** Counts its reader in, reads, and writes what follows from it, in an order that only one of them can have been first. */
function serializable(meet: () => Promise<void>, begin: () => void) {
  return withDatabase((db) =>
    db.transaction(
      async (tx) => {
        begin();
        await tx.execute(
          sql`select set_config('role', 'app_user', true), set_config('app.tenant_id', ${tenant.tenantId}, true)`,
        );
        const [row] = await tx.select().from(members).where(eq(members.sub, ONE));
        await meet();
        await tx
          .update(members)
          .set({ username: `${row?.username}x` })
          .where(eq(members.sub, ONE));
      },
      { isolationLevel: "serializable" },
    ),
  );
}

test("a serialization failure is carried out again, on what the other has written", async () => {
  const meet = meetingOf(2);
  let begun = 0;
  const begin = () => {
    begun += 1;
  };
  await Promise.all([serializable(meet, begin), serializable(meet, begin)]);
  expect(begun).toBe(3);
  expect(await usernames()).toContain("xx");
});

test("what fails again each time is 503 in the end, not 500", async () => {
  let begun = 0;
  const failing = withTenant(tenant.tenantId, async (tx) => {
    begun += 1;
    await tx.execute(sql`do $$ begin raise exception 'x' using errcode = '40001'; end $$`);
  });
  await expect(failing).rejects.toMatchObject({ code: "database_unavailable", status: 503 });
  expect(begun).toBe(4);
});

test("a decision of ours is carried out once, whatever caused it", async () => {
  let begun = 0;
  const refusing = withTenant(tenant.tenantId, async () => {
    begun += 1;
    throw new AppError("conflict", { cause: Object.assign(new Error("x"), { code: "40001" }) });
  });
  await expect(refusing).rejects.toMatchObject({ code: "conflict" });
  expect(begun).toBe(1);
});
