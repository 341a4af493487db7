import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import type { DatabaseSettings } from "../env";
import { makeApplicationLogin } from "./application-login";
import { connectionOf } from "./connection";
import { requireMigratable } from "./fitness";
import { MIGRATIONS } from "./migrations-folder";
import { makeRoles } from "./roles";

/** Any number that nothing else in the database locks. */
const LOCK = 7_365_107;

/**
 * Brings a PostgreSQL server's schema up to date; any number of processes may do so at once.
 *
 * @param settings of a login that owns the tables and may create roles, unless an administrator has made them before; the
 *   application runs with another one, which is made too where `DATABASE_LOGIN` names it.
 * @throws UnfitDatabaseError; what the driver throws.
 */
export async function migratePostgres(settings: DatabaseSettings): Promise<void> {
  const client = new Client(connectionOf(settings).config);
  try {
    await client.connect();
    await requireMigratable(drizzle(client));
    await drizzle(client).transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      await makeRoles(client);
      // The migrator's own transaction becomes a savepoint of this one, under its lock.
      await migrate(tx as unknown as NodePgDatabase, { migrationsFolder: MIGRATIONS });
      if (settings.DATABASE_LOGIN) await makeApplicationLogin(client, settings.DATABASE_LOGIN);
    });
  } finally {
    await client.end();
  }
}
