import { startPostgres } from "../../infra/local/postgres";
import { createDatabase, type TestDatabase } from "../../infra/local/postgres-database";

/** How the workers, which are processes of their own, hear of the server. */
const ADDRESS = "SEKISHO_TEST_POSTGRES";

/** One PostgreSQL server for the whole run, where the machine has its programs. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const server = await startPostgres();
  if (!server) return;
  process.env[ADDRESS] = server.serverUrl();
  return server.destroy;
}

/** Whether there is one. */
export const hasSharedPostgres = () => process.env[ADDRESS] !== undefined;

/** A new migrated database on it. Skip what needs one where `withoutPostgres` says why. */
export async function newDatabase(): Promise<TestDatabase> {
  const address = process.env[ADDRESS];
  if (address === undefined) throw new Error("There is no PostgreSQL here.");
  return createDatabase(
    (name = "postgres") => Object.assign(new URL(address), { pathname: `/${name}` }).href,
  );
}
