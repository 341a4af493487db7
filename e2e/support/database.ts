import { Client } from "pg";
import type { TestDatabase } from "../../infra/local/postgres-database";

/** Runs one statement as the superuser: what a test has to see or to arrange behind the application's back. */
export async function behind<Row extends object>(
  database: TestDatabase,
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
