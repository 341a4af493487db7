import { Column, is, SQL, Subquery } from "drizzle-orm";
import { drizzle, type NodePgClient } from "drizzle-orm/node-postgres";
import type { QueryConfig, QueryResult } from "pg";
import type { Database } from "./opened";

/** Of the driver's client Drizzle needs no more. */
type Client = { query(query: QueryConfig & { text: string }, values?: unknown[]): Promise<QueryResult> };
type Prepare = Database["_"]["session"]["prepareQuery"];
type Fields = NonNullable<Parameters<Prepare>[1]>;
type Rows = (rows: unknown[][]) => unknown;

/**
 * Drizzle over a client of ours. It reads rows by what their fields are, which Drizzle finds out for each value of each
 * row, and that takes longer than to build and send the query.
 */
export function drizzleOver(client: Client): Database {
  const db: Database = drizzle(client as unknown as NodePgClient);
  const { session } = db._;
  const prepare = session.prepareQuery.bind(session) as (
    ...given: Parameters<Prepare>
  ) => ReturnType<Prepare>;
  session.prepareQuery = ((query, fields, name, isArrayMode, mapper, ...rest) =>
    prepare(query, fields, name, isArrayMode, mapper ?? (fields && mapperOf(fields)), ...rest)) as Prepare;
  return db;
}

/** Undefined for what Drizzle reads by itself: rows of several tables, each an object of its own. */
function mapperOf(fields: Fields): Rows | undefined {
  if (fields.some(({ path }) => path.length !== 1)) return undefined;
  const columns = fields.map(({ path: [name = ""], field }) => ({ name, decoder: decoderOf(field) }));
  return (rows) =>
    rows.map((row) => {
      const read: Record<string, unknown> = {};
      columns.forEach(({ name, decoder }, index) => {
        const value = row[index];
        read[name] = value === null ? null : decoder.mapFromDriverValue(value);
      });
      return read;
    });
}

type Decoder = { mapFromDriverValue(value: unknown): unknown };

function decoderOf(field: Fields[number]["field"]): Decoder {
  if (is(field, Column)) return field;
  const expression = is(field, SQL) ? field : is(field, Subquery) ? field._.sql : field.sql;
  return (expression as unknown as { decoder: Decoder }).decoder;
}
