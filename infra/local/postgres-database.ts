import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { migratePostgres } from "../../lib/db/migrate";
import { MAINTENANCE_ROLE, makeRoles, SERVING_ROLES } from "../../lib/db/roles";
import { databaseSettings } from "../../lib/env";

/** A database as production has it: an owner who migrates, and a login that policies bind. */
export type TestDatabase = {
  name: string;
  /** Owns the database and its tables, may create roles, is no superuser. */
  ownerUrl: string;
  /** What `DATABASE_URL` is in production: granted app_user and app_session, owning nothing. */
  appUrl: string;
  /** The superuser, whom no policy binds: to look at what is really in a table. */
  superuserUrl: string;
};

/** What databases are copied from: migrating one takes five times the work. */
const MIGRATED = "sekisho_migrated";
/** Any number that nothing else in the database `postgres` locks. */
const MAKING = 7_365_108;

/** Gives the superuser's URL to a database of a server; without a name, to `postgres`. */
export type ServerUrl = (database?: string) => string;

/** Makes a migrated database on a server. */
export async function createDatabase(serverUrl: ServerUrl): Promise<TestDatabase> {
  const name = `sekisho_${randomBytes(6).toString("hex")}`;
  const app = { login: `${name}_app`, password: randomBytes(18).toString("base64url") };
  const owner = await onServer(serverUrl(), async (admin) => {
    await provideMigrated(admin, serverUrl);
    await admin.query(`CREATE ROLE ${app.login} LOGIN NOINHERIT PASSWORD '${app.password}'`);
    const made = await makeOwner(admin, `${name}_owner`);
    await admin.query(`GRANT ${SERVING_ROLES.join()} TO ${app.login}`);
    await admin.query(`CREATE DATABASE ${name} OWNER ${made.login} TEMPLATE ${MIGRATED}`);
    return made;
  });
  const superuserUrl = serverUrl(name);
  // What is in it belongs to whom it was copied from.
  await onServer(superuserUrl, (inside) => inside.query(`REASSIGN OWNED BY ${MIGRATED} TO ${owner.login}`));
  return { name, ownerUrl: as(owner, superuserUrl), appUrl: as(app, superuserUrl), superuserUrl };
}

/** Makes a database and an owner of its name, who migrates it. */
export async function migrateFresh(serverUrl: ServerUrl, name: string): Promise<void> {
  const owner = await onServer(serverUrl(), async (admin) => {
    const made = await makeOwner(admin, name);
    await admin.query(`CREATE DATABASE ${name} OWNER ${made.login}`);
    return made;
  });
  await migrateAt(as(owner, serverUrl(name)));
}

/** Makes the database that others are copied from, unless this server has it. */
async function provideMigrated(admin: Client, serverUrl: ServerUrl): Promise<void> {
  // Whoever comes meanwhile waits: half a migration would be copied.
  await admin.query("SELECT pg_advisory_lock($1)", [MAKING]);
  try {
    const { rowCount } = await admin.query("SELECT FROM pg_database WHERE datname = $1 AND datistemplate", [
      MIGRATED,
    ]);
    if (rowCount === 1) return;
    await migrateFresh(serverUrl, MIGRATED);
    // Its owner's is only what is in it, which goes to the owner of a copy.
    await admin.query(`ALTER DATABASE ${MIGRATED} OWNER TO CURRENT_USER`);
    await admin.query(`ALTER DATABASE ${MIGRATED} IS_TEMPLATE true`);
  } finally {
    await admin.query("SELECT pg_advisory_unlock($1)", [MAKING]);
  }
}

type Login = { login: string; password: string };

/** A login that migrates: it may create roles, and is no superuser. */
async function makeOwner(admin: Client, login: string): Promise<Login> {
  const password = randomBytes(18).toString("base64url");
  await admin.query(`CREATE ROLE ${login} LOGIN CREATEROLE PASSWORD '${password}'`);
  // Of the whole server, and from PostgreSQL 16 on only who made it may give it to other owners.
  await makeRoles(admin);
  await admin.query(`GRANT ${[...SERVING_ROLES, MAINTENANCE_ROLE].join()} TO ${login} WITH ADMIN OPTION`);
  return { login, password };
}

function as({ login, password }: Login, url: string): string {
  const own = new URL(url);
  [own.username, own.password] = [login, password];
  return own.href;
}

async function onServer<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Migrates the database at a URL, with nothing else set. */
export async function migrateAt(url: string): Promise<void> {
  const settings = databaseSettings({ DATABASE_URL: url });
  if (settings) await migratePostgres(settings);
}
