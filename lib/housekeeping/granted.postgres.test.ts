import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { migrateFresh } from "../../infra/local/postgres-database";
import { sharedServer } from "../../infra/local/testing/shared-server";
import { asSuperuser } from "../../infra/local/testing/superuser";

test("a login that serves tenants already is granted housekeeping by the migration", async () => {
  const login = `older_${randomBytes(4).toString("hex")}`;
  const isGranted = () =>
    asSuperuser(async (tx) => {
      const asked = sql`select pg_has_role(${login}, 'app_housekeeping', 'member') as granted`;
      return ((await tx.execute(asked)) as unknown as { rows: unknown[] }).rows;
    });
  await asSuperuser((tx) =>
    tx.execute(sql.raw(`create role ${login} login; grant app_user, app_session to ${login}`)),
  );
  expect(await isGranted()).toEqual([{ granted: false }]);
  // Roles belong to the server: another database's migration does it for all.
  await migrateFresh(sharedServer, `fresh_${randomBytes(4).toString("hex")}`);
  expect(await isGranted()).toEqual([{ granted: true }]);
});
