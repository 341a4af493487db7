import { type ClientBase, escapeIdentifier } from "pg";
import { UnfitDatabaseError } from "./errors";

/** What a login of the application becomes. */
export const SERVING_ROLES = ["app_user", "app_session", "app_housekeeping"];
/** What the owner becomes for work on the rows of all tenants; a login of the application never. */
export const MAINTENANCE_ROLE = "app_maintenance";

/** PostgreSQL 16 knows members that may not SET ROLE. */
const SETS = "case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end";

type Found = { login: string; creates: boolean; missing: string[]; maintains: boolean };

/**
 * Makes the roles that the server does not have yet, and lets the owner become `app_maintenance`. Where the owner may do
 * neither, an administrator of the server has done it before.
 *
 * @param owner a connection of whoever owns the database, in a transaction.
 * @throws UnfitDatabaseError saying what an administrator has to do; what the driver throws.
 */
export async function makeRoles(owner: ClientBase): Promise<void> {
  const { login, creates, missing } = await rolesOf(owner);
  if (missing.length > 0 && !creates) {
    throw new UnfitDatabaseError(
      `DATABASE_URL logs in as ${login}, which may not create roles, and ${missing.join(", ")} ` +
        `${missing.length > 1 ? "are" : "is"} missing. ${asAdministrator(login, missing)}`,
    );
  }
  for (const role of missing) {
    // Of the whole server: another database may be making it at this moment.
    await owner.query(`do $$ begin create role ${role} nologin nosuperuser nobypassrls;
      exception when duplicate_object or unique_violation then null; end $$`);
  }
  if ((await rolesOf(owner)).maintains) return;
  const refused = await owner.query(`grant ${MAINTENANCE_ROLE} to ${escapeIdentifier(login)}`).then(
    () => null,
    (error: Error & { code?: string }) => error,
  );
  if (refused === null) return;
  if (refused.code !== "42501") throw refused;
  throw new UnfitDatabaseError(
    `DATABASE_URL logs in as ${login}, which may not become ${MAINTENANCE_ROLE}: backups and data migrations would see no ` +
      `rows. ${asAdministrator(login, [])}`,
  );
}

async function rolesOf(owner: ClientBase): Promise<Found> {
  const { rows } = await owner.query<Found>(
    `select current_user as login, rolcreaterole or rolsuper as creates,
       array(select wanted from unnest($1::text[]) as wanted where to_regrole(wanted) is null) as missing,
       coalesce(pg_has_role(to_regrole($2), ${SETS}), false) as maintains
     from pg_roles where rolname = current_user`,
    [[...SERVING_ROLES, MAINTENANCE_ROLE], MAINTENANCE_ROLE],
  );
  const [found] = rows;
  if (!found) throw new UnfitDatabaseError("The database does not say who is logged in.");
  return found;
}

/** The statements for somebody who may do more. */
function asAdministrator(login: string, missing: string[]): string {
  const statements = missing.map((role) => `CREATE ROLE ${role} NOLOGIN; `).join("");
  return `As an administrator of the server: ${statements}GRANT ${MAINTENANCE_ROLE} TO ${escapeIdentifier(login)}`;
}
