import { Client, type ClientBase } from "pg";
import type { DatabaseSettings } from "../env";
import { connectionOf } from "./connection";
import { UnfitDatabaseError } from "./errors";
import { MAINTENANCE_ROLE } from "./roles";

/**
 * Runs `work` as the owner who sees and writes the rows of all tenants, in one transaction: for data migrations, backups
 * and what has to be looked up. In a migration the same is said in SQL: `SET LOCAL ROLE app_maintenance`.
 *
 * @param settings of the owner of the tables, as for a migration.
 * @param mode of the transaction, such as `isolation level repeatable read`.
 * @throws UnfitDatabaseError where the login may not; what the driver and `work` throw.
 */
export async function asMaintenance<T>(
  settings: DatabaseSettings,
  work: (client: ClientBase) => Promise<T>,
  mode = "",
): Promise<T> {
  const client = new Client(connectionOf(settings).config);
  // A server that goes away meanwhile fails the query; without a listener it would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`begin ${mode}`);
    await client.query(`set local role ${MAINTENANCE_ROLE}`).catch(explain);
    const result = await work(client);
    await client.query("commit");
    return result;
  } finally {
    // What was not committed goes with the connection.
    await client.end();
  }
}

/** Undefined parameter value: there is no such role. Insufficient privilege. PostgreSQL, appendix A. */
function explain(error: Error & { code?: string }): never {
  if (error.code === "22023") {
    throw new UnfitDatabaseError("The database is not migrated. As the owner: npm run db:migrate.");
  }
  if (error.code !== "42501") throw error;
  throw new UnfitDatabaseError(
    `The login of DATABASE_URL may not become ${MAINTENANCE_ROLE}, who alone sees the rows of all tenants: log in as the owner.`,
  );
}
