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

/** Makes a migrated database on a server. `serverUrl` gives the superuser's URL to a database. */
export async function createDatabase(serverUrl: (database?: string) => string): Promise<TestDatabase> {
  const name = `sekisho_${randomBytes(6).toString("hex")}`;
  const password = randomBytes(18).toString("base64url");
  const superuserUrl = serverUrl(name);
  const loginUrl = (login: string) => {
    const url = new URL(superuserUrl);
    url.username = login;
    url.password = password;
    return url.href;
  };
  const owner = `${name}_owner`;
  const app = `${name}_app`;
  const admin = new Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    await admin.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD '${password}'`);
    await admin.query(`CREATE ROLE ${app} LOGIN NOINHERIT PASSWORD '${password}'`);
    // Of the whole server, and from PostgreSQL 16 on only who made it may give it to other owners.
    await makeRoles(admin);
    await admin.query(`GRANT ${[...SERVING_ROLES, MAINTENANCE_ROLE].join()} TO ${owner} WITH ADMIN OPTION`);
    await admin.query(`CREATE DATABASE ${name} OWNER ${owner}`);
    await migrateAt(loginUrl(owner));
    await admin.query(`GRANT ${SERVING_ROLES.join()} TO ${app}`);
  } finally {
    await admin.end();
  }
  return { name, ownerUrl: loginUrl(owner), appUrl: loginUrl(app), superuserUrl };
}

/** Migrates the database at a URL, with nothing else set. */
export async function migrateAt(url: string): Promise<void> {
  const settings = databaseSettings({ DATABASE_URL: url });
  if (settings) await migratePostgres(settings);
}
