import { getTableColumns, sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { personIn } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { endPolicy, moment, tenantPolicies } from "../db/columns";
import { keyOf } from "../db/text";

/** What an item is: kept while it is there, and to be put back for a while after it was deleted. */
const columns = {
  tenantId: text("tenant_id").notNull(),
  id: uuid("id").notNull(),
  name: text("name").notNull(),
  description: text("description").notNull(),
  ownerSub: text("owner_sub").notNull(),
  version: integer("version").notNull(),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
};

export const items = pgTable(
  "items",
  {
    ...columns,
    version: integer("version").notNull().default(1),
    /** What a search compares with, as `searchKey` has it. */
    nameKey: text("name_key").generatedAlwaysAs(sql`search_key(name)`),
    /** The same of name and description, with what nobody types between them. */
    textKey: text("text_key").generatedAlwaysAs(keyOf(sql`(name || chr(1) || description)`)),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("items_by_creation").on(table.tenantId, table.createdAt, table.id),
    // Trigram and LIKE indexes are not used under row-level security; this one serves a prefix, and the order of the names.
    index("items_in_order_of_name").on(table.tenantId, table.nameKey.op("text_pattern_ops"), table.id),
    // Two for a search in all texts, which reads the first and no row. A longer text would be compressed in it (TOAST).
    index("items_with_short_text")
      .on(table.tenantId, table.createdAt, table.id, table.textKey)
      .where(sql`octet_length(text_key) <= 500`),
    index("items_with_long_text")
      .on(table.tenantId, table.createdAt, table.id)
      .where(sql`octet_length(text_key) > 500`),
    index("items_by_change").on(table.tenantId, table.updatedAt, table.id),
    index("items_by_owner").on(table.tenantId, table.ownerSub, table.createdAt, table.id),
    ...tenantPolicies("items"),
  ],
);

const { nameKey, textKey, ...written } = getTableColumns(items);
/** A row as it was written, without what only a search compares with. */
export const ITEM_COLUMNS = written;
/** The same, and who the owner is. @param reader who is shown it. */
export const itemFields = (reader: TenantContext) => ({
  ...written,
  owner: personIn(reader, items.ownerSub),
});

/** How long a deleted item can be put back. */
export const RESTORABLE_MINUTES = 60;

/** Items that were deleted a moment ago, to be put back as they were. A table of its own: no list can forget them. */
export const deletedItems = pgTable(
  "deleted_items",
  { ...columns, deletedAt: moment("deleted_at").notNull() },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("deleted_items_by_end").on(table.deletedAt),
    ...tenantPolicies("deleted_items"),
    endPolicy("deleted_items", sql.raw(`deleted_at < now() - interval '${RESTORABLE_MINUTES} minutes'`)),
  ],
);
