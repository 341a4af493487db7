import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { tableEnds } from "../housekeeping/ends";

/** Every table whose rows belong to tenants: a feature that is added has its own among them by itself. */
export async function tablesOfTenants(): Promise<PgTable[]> {
  return (await tableEnds())
    .map(({ table }) => table)
    .filter((table) => "tenantId" in getTableColumns(table));
}
