import { Client } from "pg";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { test as plainTest } from "./test";

export type Database = { server: PostgresServer; database: TestDatabase };

/** The test of a stack, beside a PostgreSQL server of the worker's own. Skip it where `withoutPostgres` says why. */
export const test = plainTest.extend<object, { postgres: Database }>({
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter.
    async ({}, use) => {
      const server = await startPostgres();
      if (!server) throw new Error("There is no PostgreSQL here.");
      await use({ server, database: await server.createDatabase() });
      await server.destroy();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

/** Runs one statement as the superuser: what a test has to see or to arrange behind the application's back. */
export async function behind<Row extends object>(
  { database }: Database,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}
