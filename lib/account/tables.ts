import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { type Facts, NOTICES } from "../auth/sign-in/notices";
import { endPolicy, erasurePolicy, moment, tenantPolicies } from "../db/columns";

/** What the application told the owner of an account about it. */
export const accountNotices = pgTable(
  "account_notices",
  {
    tenantId: text("tenant_id").notNull(),
    id: uuid("id").notNull(),
    ownerSub: text("owner_sub").notNull(),
    notice: text("notice", { enum: NOTICES }).notNull(),
    /** What goes with it, for a page to say it in its reader's language; `further`: how many more it stands for. */
    facts: jsonb("facts").$type<Facts & { further?: string }>().notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("account_notices_by_owner").on(table.tenantId, table.ownerSub, table.createdAt, table.id),
    index("account_notices_by_age").on(table.createdAt),
    ...tenantPolicies("account_notices"),
    endPolicy("account_notices", sql`created_at < now() - interval '90 days'`),
    erasurePolicy("account_notices"),
  ],
);

/** What Cognito does not keep of a passkey: what its owner calls it, where it was made, and when it was used. */
export const passkeys = pgTable(
  "passkeys",
  {
    tenantId: text("tenant_id").notNull(),
    ownerSub: text("owner_sub").notNull(),
    /** Cognito's id, and the authenticator's: base64url. */
    credentialId: text("credential_id").notNull(),
    /** Null while its owner has not named it: a page then says the browser that made it. */
    name: text("name"),
    /** Of the browser that made it; "" where it is not known. */
    userAgent: text("user_agent").notNull(),
    address: text("address").notNull(),
    createdAt: moment("created_at").notNull(),
    /** When it last signed its owner in, or was made. */
    usedAt: moment("used_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.ownerSub, table.credentialId] }),
    index("passkeys_by_use").on(table.usedAt),
    ...tenantPolicies("passkeys"),
    endPolicy("passkeys", sql`used_at < now() - interval '400 days'`),
  ],
);
