import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { migrateFresh } from "../../infra/local/postgres-database";
import { sharedServer } from "../../infra/local/testing/shared-server";
import { asSuperuser } from "../../infra/local/testing/superuser";
import type { TenantTransaction } from "../db/with-tenant";

test("a login that serves tenants already is granted housekeeping by the migration", async () => {
  const login = `older_${randomBytes(4).toString("hex")}`;
  const isGranted = async (tx: TenantTransaction) => {
    const asked = sql`select pg_has_role(${login}, 'app_housekeeping', 'member') as granted`;
    return ((await tx.execute(asked)) as unknown as { rows: unknown[] }).rows;
  };
  // In one transaction: once it is over, the migration of any other test grants it, too.
  await asSuperuser(async (tx) => {
    await tx.execute(sql.raw(`create role ${login} login; grant app_user, app_session to ${login}`));
    expect(await isGranted(tx)).toEqual([{ granted: false }]);
  });
  // Roles belong to the server: another database's migration does it for all.
  await migrateFresh(sharedServer, `fresh_${randomBytes(4).toString("hex")}`);
  expect(await asSuperuser(isGranted)).toEqual([{ granted: true }]);
});
