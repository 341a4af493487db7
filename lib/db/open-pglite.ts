import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { lockFolder } from "../folder-lock/folder-lock";
import { becomeTenant } from "./become-tenant";
import { listenOverPglite } from "./listen";
import { MIGRATIONS } from "./migrations-folder";
import type { Opened, Query } from "./opened";
import { tellOf } from "./told-pglite";

/** Opens PGlite in a folder, and brings it up to date: one process holds the folder. @throws FolderLockedError. */
export async function openPglite(folder: string): Promise<Opened> {
  const lock = lockFolder(folder);
  try {
    const pglite = tellOf(await PGlite.create(join(folder, "pglite")));
    const db = drizzle(pglite);
    await migrate(db, { migrationsFolder: MIGRATIONS });
    // The only session PGlite has is a superuser's, which no policy binds.
    await db.execute(sql`set role app_session`);
    const closing = new AbortController();
    const close = async () => {
      closing.abort();
      await pglite.close();
      lock.release();
    };
    const query = ({ text, values }: Query) => pglite.query(text, values);
    const tenantTransaction: Opened["tenantTransaction"] = (tenantId, work) =>
      db.transaction(async (tx) => {
        await becomeTenant(tx, tenantId);
        return work(tx);
      });
    return {
      db,
      query,
      tenantTransaction,
      // Its one connection is in this process: there are no round trips to be saved.
      reads: (tenantId, work) => (tenantId === null ? work(db) : tenantTransaction(tenantId, work)),
      ask: async (guards) => {
        for (const { statement, judge } of guards)
          judge((await pglite.query(statement.text, statement.values)).rows);
      },
      takesGuardsAlong: false,
      listen: listenOverPglite(pglite, closing.signal),
      close,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
