import { z } from "zod";
import { PageQuery } from "../db/page";
import type { items } from "../db/schema";
import { storableText } from "../db/text";

const Name = storableText(1, 200);
const Description = storableText(0, 2_000);

export const ItemPath = z.object({ id: z.uuid() });
/** Upper and lower case are alike in a search. */
export const ListItems = PageQuery.extend({
  contains: storableText(1, 200).optional(),
  starts_with: storableText(1, 200).optional(),
});
export const NewItem = z.strictObject({ name: Name, description: Description.default("") });
export const ItemChange = z
  .strictObject({ name: Name, description: Description })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "must change something");

export const Item = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  tenant_id: z.string(),
  owner_sub: z.string(),
  /** Counts the changes; also the item's ETag. */
  version: z.number().int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type Item = z.output<typeof Item>;
export type ListItems = z.output<typeof ListItems>;
export type NewItem = z.output<typeof NewItem>;
export type ItemChange = z.output<typeof ItemChange>;

/** A row as the API shows it. */
export function toItem(row: Omit<typeof items.$inferSelect, "nameKey">): Item {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    tenant_id: row.tenantId,
    owner_sub: row.ownerSub,
    version: row.version,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
