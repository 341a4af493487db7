import { Client } from "pg";

export type Rows = { tenants: number; rows: number };

/** Does something as the superuser of a database, whom no policy binds. */
export async function asSuperuser<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The columns of a row's tenant and id; `n` is its number, and the tenants are `$1`. */
export const OF_ROW = "'tenant-' || n % $1::int, gen_random_uuid()";
/** When it was made: they are a minute apart. */
export const MADE = "now() - make_interval(mins => n)";
/** One for each row; they are `$2`. */
export const EACH_ROW = "from generate_series(1, $2::int) n";

/** Fills a table by an `insert` that is made of these, with so many rows of as many tenants. */
export async function seed(client: Client, insert: string, { tenants, rows }: Rows): Promise<void> {
  await client.query(insert, [tenants, rows]);
  await client.query("vacuum analyze");
}
