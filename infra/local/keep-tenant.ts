import { Client } from "pg";

/**
 * Puts a tenant among those there are, from outside of the application; it keeps the name that it has unless another is
 * given.
 *
 * @param url of a login that may become `app_session`, as the application's does.
 */
export async function keepTenant(
  url: string,
  { id, name }: { id: string; name?: string | undefined },
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set role app_session");
    await client.query(
      `insert into tenants (id, name, created_at) values ($1, coalesce($2, $1), now())
       on conflict (id) do update set name = coalesce($2, tenants.name)`,
      [id, name ?? null],
    );
  } finally {
    await client.end();
  }
}
