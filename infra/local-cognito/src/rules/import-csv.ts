import type { Pool } from "../model/pool";

/** Columns that are not attributes (developer guide, "Importing users into user pools from a CSV file"). */
export const USERNAME_COLUMN = "cognito:username";
export const MFA_COLUMN = "cognito:mfa_enabled";

/** The header of a pool's file: its attributes, in the order of its schema, and the two others. */
export function csvHeader(pool: Pool): string[] {
  const attributes = pool.schema.map(({ Name }) => Name).filter((name) => name !== "sub");
  return [...attributes, MFA_COLUMN, USERNAME_COLUMN];
}

/**
 * The rows below the header, each by its columns, without values that are empty. A comma within a value has a backslash
 * before it. Undefined when the header is not the pool's, in any order.
 */
export function csvRows(pool: Pool, csv: string): Record<string, string>[] | undefined {
  const [header = "", ...lines] = csv.replace(/^\uFEFF/, "").split(/\r?\n/);
  const columns = header.split(",").map((name) => name.trim());
  if (columns.toSorted().join() !== csvHeader(pool).toSorted().join()) return undefined;
  return lines.filter((line) => line.trim() !== "").map((line) => rowOf(columns, line));
}

function rowOf(columns: string[], line: string): Record<string, string> {
  const values = line.split(/(?<!\\),/).map((value) => value.replaceAll("\\,", ","));
  const pairs = columns.map((name, index): [string, string] => [name, values[index] ?? ""]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}
