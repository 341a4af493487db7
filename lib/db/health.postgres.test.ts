import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { isReachable, isServing } from "./health";

test("a database that has every table, and gives no row of one, is reachable and does not serve", async () => {
  expect(await isServing()).toBe(true);
  for (const table of ["sessions", "members"]) {
    await asSuperuser(async (tx) => {
      await tx.execute(sql`lock table ${sql.identifier(table)} in access exclusive mode`);
      expect(await isReachable()).toBe(true);
      expect(await isServing()).toBe(false);
    });
  }
  expect(await isServing()).toBe(true);
});
