import { getTableName, type SQL, sql } from "drizzle-orm";
import type { TableEnd } from "../db/table-end";
import { type Env, EnvError, env } from "../env";

/**
 * Refuses settings of tables that have none, or that are shorter than the database would follow.
 *
 * @throws EnvError naming each.
 */
export function requireKnownRetention(ends: readonly TableEnd[], retention = env().RETENTION_DAYS): void {
  const faults = Object.entries(retention).flatMap(([name, days]) => {
    const end = ends.find(({ table }) => getTableName(table) === name);
    if (end?.by !== "setting") return [`RETENTION_DAYS: there is nothing to set for ${name}`];
    const { least } = end.days;
    return Number(days) < least
      ? [`RETENTION_DAYS: ${name} must be kept for ${least} days at the least`]
      : [];
  });
  if (faults.length > 0) throw new EnvError(faults);
}

/** Which rows of a table are over; undefined: those that its policy shows. Null: none by their time. */
export function whereOver(end: TableEnd, retention: Env["RETENTION_DAYS"]): SQL | undefined | null {
  if (end.by === "use") return null;
  if (end.by === "time") return end.whereOver?.();
  const said = retention[getTableName(end.table)];
  const days = said === undefined ? end.days.otherwise : Number(said);
  if (days === null) return null;
  return sql`${sql.identifier(end.moment)} < now() - make_interval(days => ${days})`;
}
