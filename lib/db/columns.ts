import { type SQL, sql } from "drizzle-orm";
import { customType, pgPolicy, pgRole, timestamp } from "drizzle-orm/pg-core";

/** Serves tenants: sees one tenant's rows per transaction, and no session. Created by the first migration. */
const appUser = pgRole("app_user").existing();
/** Deletes what is past its time, of all tenants, and sees nothing else. */
const appHousekeeping = pgRole("app_housekeeping").existing();
/** Work of the owner on the rows of all tenants: backups, data migrations. The application may never become it. */
const appMaintenance = pgRole("app_maintenance").existing();

/** Milliseconds: what a JavaScript Date can hold, so that a value survives the round trip into a cursor. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** `nullif`: after a transaction the setting is '' and not NULL, and '' must never equal a tenant. */
const ownTenant = sql`tenant_id = nullif(current_setting('app.tenant_id', true), '')`;
/** Keeps what belongs to no tenant. */
const appSession = pgRole("app_session").existing();
/** An owner who inherits from the role has not asked to see everything: only `SET ROLE` does. */
const isMaintenance = sql`current_user = 'app_maintenance'`;
/** Of a table with a `tenant_id`: who works for a tenant sees and writes its rows only, maintenance those of all. */
export const tenantPolicies = (table: string) => [
  pgPolicy(`${table}_own_tenant`, { for: "all", to: appUser, using: ownTenant, withCheck: ownTenant }),
  pgPolicy(`${table}_of_all_tenants`, {
    for: "all",
    to: appMaintenance,
    using: isMaintenance,
    withCheck: isMaintenance,
  }),
];

/**
 * Of a table without a `tenant_id`: its rights say who may use it, and its policies that nobody else does, whom a service
 * gave rights to every table of the schema.
 */
export const platformPolicies = (table: string) => [
  pgPolicy(`${table}_of_the_platform`, {
    for: "all",
    to: appSession,
    using: sql`true`,
    withCheck: sql`true`,
  }),
  pgPolicy(`${table}_for_maintenance`, { for: "select", to: appMaintenance, using: isMaintenance }),
];

/** Of the list of tenants: housekeeping knows of those that are being deleted. */
export const deletingPolicy = (whereDeleting: SQL) =>
  pgPolicy("tenants_being_deleted", { for: "select", to: appHousekeeping, using: whereDeleting });

/**
 * Of a table with a `tenant_id` whose rows are deleted when their time is over: which those are. Housekeeping sees no
 * other row, and no setting can have it delete more.
 */
export const endPolicy = (table: string, whereOver: SQL) =>
  pgPolicy(`${table}_past_their_time`, { for: "all", to: appHousekeeping, using: whereOver });

/** Of a table whose rows `app_user` may not delete: those of a tenant that is being deleted, housekeeping may. */
export const erasurePolicy = (table: string) =>
  pgPolicy(`${table}_of_a_deleted_tenant`, {
    for: "all",
    to: appHousekeeping,
    using: sql`tenant_id = any (array(select id from tenants where deleting_at is not null))`,
  });
