import { Client } from "pg";

export type Rows = { tenants: number; items?: number; alerts?: number; auditEvents?: number };

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

/** Fills tables with so many rows of as many tenants each, a minute apart: row `n` is that of `tenant-<n % tenants>`. */
export async function seed(client: Client, { tenants, ...rows }: Rows): Promise<void> {
  for (const [table, count = 0] of Object.entries(rows)) {
    if (count > 0) await client.query(INSERTS[table as keyof typeof INSERTS], [tenants, count]);
  }
  await client.query("vacuum analyze");
}

const OF_ROW = "'tenant-' || n % $1::int, gen_random_uuid()";
const MADE = "now() - make_interval(mins => n)";
const INSERTS = {
  items: `insert into items (tenant_id, id, name, description, owner_sub, created_at, updated_at)
    select ${OF_ROW}, 'Item ' || n || ' of the register', repeat('d', 80), 'x', ${MADE}, ${MADE}
    from generate_series(1, $2::int) n`,
  alerts: `insert into alerts (tenant_id, id, title, detail, severity, status, source, owner_sub, created_at, updated_at)
    select ${OF_ROW}, 'Alert ' || n, repeat('d', 80), (array['info', 'warning', 'critical'])[1 + n / 7 % 3],
      (array['open', 'acknowledged', 'resolved', 'resolved'])[1 + n / 3 % 4], 'source-' || n / 5 % 20, 'x', ${MADE}, ${MADE}
    from generate_series(1, $2::int) n`,
  auditEvents: `insert into audit_events
      (tenant_id, id, action, outcome, actor_sub, actor_name, actor_role, subject_id, subject_label, detail, created_at)
    select ${OF_ROW}, (array['item.created', 'item.changed', 'alert.raised', 'session.begun'])[1 + n / 3 % 4], 'done',
      'sub-' || n / 7 % 50, 'person-' || n / 7 % 50 || '@people.example', 'member', 'subject-' || n, 'Item ' || n,
      '{}', ${MADE}
    from generate_series(1, $2::int) n`,
};
