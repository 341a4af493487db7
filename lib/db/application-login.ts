import { type ClientBase, escapeIdentifier } from "pg";

/** What the migrations make for the application to become. */
const ROLES = ["app_user", "app_session", "app_housekeeping"];
/** Where RDS and Aurora have it, a member logs in with a token of IAM. AWS, "Creating a database account using IAM". */
const IAM = "rds_iam";

/**
 * Makes the login of the application where it is not there yet, and gives it what the migrations made. It has no
 * password: on RDS and Aurora it logs in by IAM.
 *
 * @param owner a connection that may create roles, after the migrations.
 */
export async function makeApplicationLogin(owner: ClientBase, name: string): Promise<void> {
  const login = escapeIdentifier(name);
  const { rows } = await owner.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname = any($1)",
    [[name, IAM, ...ROLES]],
  );
  const there = new Set(rows.map(({ rolname }) => rolname));
  if (!there.has(name)) await owner.query(`create role ${login} login noinherit`);
  const granted = [...ROLES, IAM].filter((role) => there.has(role));
  await owner.query(`grant ${granted.join(", ")} to ${login}`);
}
