import { Column, is, SQL, Subquery } from "drizzle-orm";
import { DrizzleQueryError } from "drizzle-orm/errors";
import { type NodePgClient, NodePgSession } from "drizzle-orm/node-postgres";
import { PgDatabase, PgDialect, PgPreparedQuery, type PreparedQueryConfig } from "drizzle-orm/pg-core";
import { type CustomTypesConfig, type QueryConfig, type QueryResult, types } from "pg";
import type { Database } from "./opened";

/** Of the driver's client Drizzle needs no more. */
type Client = { query(query: QueryConfig & { text: string }, values?: unknown[]): Promise<QueryResult> };
type Prepare = Database["_"]["session"]["prepareQuery"];
type Given = Parameters<Prepare>;
type Fields = NonNullable<Given[1]>;
type Rows = (rows: unknown[][]) => unknown;

const dialect = new PgDialect();
const { DATE, INTERVAL, TIMESTAMP, TIMESTAMPTZ } = types.builtins;
/** Lists of these and of numbers without a bound, which the driver has no names for (`pg_type.dat` of PostgreSQL). */
const [TIMESTAMPS, DATES, TIMESTAMPTZS, INTERVALS, NUMERICS] = [1115, 1182, 1185, 1187, 1231] as const;
/** Drizzle reads them from text. */
const READ_BY_DRIZZLE = new Set<number>([
  ...[DATE, INTERVAL, TIMESTAMP, TIMESTAMPTZ],
  ...[TIMESTAMPS, DATES, TIMESTAMPTZS, INTERVALS, NUMERICS],
]);
const asText = (value: unknown) => value;
const TYPES: CustomTypesConfig = {
  getTypeParser: (id: number, format?: "text" | "binary") =>
    READ_BY_DRIZZLE.has(id) ? asText : types.getTypeParser(id, format),
};

/**
 * Drizzle over a client of ours. It would find out what each field is for each value of each row, and go through a dozen
 * promises with each query: both take longer than to build and send it.
 */
export function drizzleOver(client: Client): Database {
  return new PgDatabase(dialect, new ClientSession(client), undefined);
}

class ClientSession extends NodePgSession<Record<string, never>, Record<string, never>> {
  readonly #client: Client;

  constructor(client: Client) {
    super(client as unknown as NodePgClient, dialect, undefined);
    this.#client = client;
  }

  override prepareQuery<T extends PreparedQueryConfig>(...given: Given): PgPreparedQuery<T> {
    const [query, fields, , , mapper] = given;
    const read = mapper ?? (fields && mapperOf(fields));
    // Rows of several tables, each an object of its own.
    if (fields && !read) return super.prepareQuery(...given);
    return new ClientQuery(this.#client, query, read);
  }
}

/** A query that is carried out as it is: nothing here has places for values that are said later. */
class ClientQuery<T extends PreparedQueryConfig> extends PgPreparedQuery<T> {
  readonly #client: Client;
  readonly #read: Rows | undefined;

  constructor(client: Client, query: Given[0], read: Rows | undefined) {
    super(query, undefined, undefined);
    this.#client = client;
    this.#read = read;
  }

  execute(): Promise<T["execute"]> {
    const { sql: text, params } = this.query;
    const read = this.#read;
    const query = read ? ({ text, types: TYPES, rowMode: "array" } as const) : { text, types: TYPES };
    return this.#client.query(query, params).then(
      (result) => (read ? read(result.rows) : result),
      (error) => {
        throw new DrizzleQueryError(text, params, error);
      },
    );
  }
}

/** Undefined for what Drizzle reads by itself: rows of several tables. */
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
