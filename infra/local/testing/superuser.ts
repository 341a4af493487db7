import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { withDatabase } from "../../../lib/db/client";
import type { TenantTransaction } from "../../../lib/db/with-tenant";

/**
 * Runs `work` in one transaction as the superuser, whom no policy binds: what is really in the tables, of whichever
 * tenant, and what a test has to arrange behind the application's back.
 */
export async function asSuperuser<T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  const url = process.env.TEST_DATABASE_SUPERUSER_URL;
  if (url === undefined) {
    // PGlite's session user is its superuser; the application only steps down from it.
    return withDatabase((db) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`set local role none`);
        return work(tx);
      }),
    );
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await drizzle(client).transaction(work);
  } finally {
    await client.end();
  }
}
