import { type ClientBase, escapeIdentifier } from "pg";
import { SERVING_ROLES } from "./roles";

/** Where RDS and Aurora have it, a member logs in with a token of IAM. AWS, "Creating a database account using IAM". */
const IAM = "rds_iam";

/**
 * Makes the login of the application where it is not there yet, and gives it what the migrations made: to become it, and
 * nothing by itself. It has no password: on RDS and Aurora it logs in by IAM.
 *
 * @param owner a connection that may create roles, after the migrations.
 */
export async function makeApplicationLogin(owner: ClientBase, name: string): Promise<void> {
  const login = escapeIdentifier(name);
  const { rows } = await owner.query<{ rolname: string; rolinherit: boolean; version: number }>(
    `select rolname, rolinherit, current_setting('server_version_num')::int as version from pg_roles
      where rolname = any($1)`,
    [[name, IAM, ...SERVING_ROLES]],
  );
  const own = rows.find(({ rolname }) => rolname === name);
  if (!own) await owner.query(`create role ${login} login noinherit`);
  else if (own.rolinherit) await owner.query(`alter role ${login} noinherit`);
  const granted = [...SERVING_ROLES, IAM].filter((role) => rows.some(({ rolname }) => rolname === role));
  // From 16 on each grant has an option of its own, which the login's only begins with.
  const option = rows.some(({ version }) => version >= 160_000) ? " with inherit false" : "";
  await owner.query(`grant ${granted.join(", ")} to ${login}${option}`);
}
