import { eq, getTableName, sql } from "drizzle-orm";
import { listUsers } from "../cognito/pool-users";
import { withDatabase } from "../db/client";
import { tenants } from "../db/schema";
import { becomeTenant, type TenantTransaction } from "../db/with-tenant";
import { AppError } from "../errors";
import { tenantOf } from "../members/pool-member";
import { type By, recordOnPlatform } from "./platform-record";
import { tablesOfTenants } from "./tenant-tables";

const ROWS_AT_ONCE = 500;

/** What an export holds: lines by file. It is written last: without it, an export is not whole. */
export type Manifest = {
  format: 1;
  tenant: { id: string; name: string; created_at: string };
  exported_at: string;
  /** Rows by table, each in `<table>.jsonl`. */
  tables: Record<string, number>;
  /** Users of the pool, in `users.jsonl`; nothing of what they sign in with. */
  users: number;
};

/** Takes lines of a file, one after the other. */
export type Write = (file: string, lines: string[]) => Promise<void>;

/**
 * Hands out everything of a tenant: its rows of every table, as one moment had them, and its users at Cognito. No session
 * and no secret is among it: those are no tenant's rows. It is on the platform's record.
 *
 * @throws AppError `unknown_tenant`, `cognito_unavailable`, `database_unavailable`; what `write` throws.
 */
export async function exportTenant(by: By, id: string, write: Write): Promise<Manifest> {
  const [row] = await withDatabase((db) => db.select().from(tenants).where(eq(tenants.id, id)));
  if (!row) throw new AppError("unknown_tenant");
  const manifest: Manifest = {
    format: 1,
    tenant: { id, name: row.name, created_at: row.createdAt.toISOString() },
    exported_at: new Date().toISOString(),
    tables: await writeRows(id, write),
    users: await writeUsers(id, write),
  };
  const { tables, users } = manifest;
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  await withDatabase((db) =>
    recordOnPlatform(db, by, id, { action: "tenant.exported", detail: { rows, users } }),
  );
  await write("manifest.json", [JSON.stringify(manifest, null, 2)]);
  return manifest;
}

async function writeRows(id: string, write: Write): Promise<Record<string, number>> {
  const tables = await tablesOfTenants();
  return withDatabase((db) =>
    db.transaction(
      async (tx) => {
        await becomeTenant(tx, id);
        const counts: Record<string, number> = {};
        for (const table of tables) {
          const name = getTableName(table);
          await write(`${name}.jsonl`, []);
          await tx.execute(
            sql`declare exported no scroll cursor for
              select row_to_json(t)::text as line from ${table} t where t.tenant_id = ${sql.raw(quoted(id))}`,
          );
          counts[name] = await writeCursor(tx, `${name}.jsonl`, write);
          await tx.execute(sql`close exported`);
        }
        return counts;
      },
      // All tables as one moment had them.
      { isolationLevel: "repeatable read", accessMode: "read only" },
    ),
  );
}

/** DECLARE takes no parameters. A tenant's id has no character that could end a literal; another one is refused. */
function quoted(id: string): string {
  if (!/^[a-z0-9_-]+$/.test(id)) throw new AppError("invalid_tenant");
  return `'${id}'`;
}

async function writeCursor(tx: TenantTransaction, file: string, write: Write): Promise<number> {
  let count = 0;
  for (;;) {
    const { rows } = (await tx.execute(sql.raw(`fetch ${ROWS_AT_ONCE} from exported`))) as unknown as {
      rows: { line: string }[];
    };
    if (rows.length === 0) return count;
    const lines = rows.map(({ line }) => line);
    await write(file, lines);
    count += rows.length;
  }
}

async function writeUsers(id: string, write: Write): Promise<number> {
  let count = 0;
  await write("users.jsonl", []);
  for (let from: string | null = null, isFirst = true; isFirst || from !== null; isFirst = false) {
    const { users, next } = await listUsers(from);
    const own = users.filter((user) => tenantOf(user) === id);
    await write(
      "users.jsonl",
      own.map((user) => JSON.stringify(user)),
    );
    count += own.length;
    from = next;
  }
  return count;
}
