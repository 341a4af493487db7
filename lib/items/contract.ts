import { z } from "zod";
import { Person } from "../auth/tenancy/person";
import { PageQuery } from "../db/page";
import { nameText, storableText } from "../db/text";
import { fault } from "../field-error";
import type { items } from "./tables";

const Name = nameText(200);
const Description = storableText(0, 2_000);

export const ItemPath = z.object({ id: z.uuid() });
export const ListItems = PageQuery.extend({
  contains: storableText(1, 200)
    .optional()
    .describe(
      "Only items with this in the name; forms and cases of a letter are alike, no character is special.",
    ),
  starts_with: storableText(1, 200)
    .optional()
    .describe(
      "Only items whose name begins so; forms and cases of a letter are alike, no character is special.",
    ),
});
export const ExportItems = ListItems.omit({ limit: true, cursor: true });
export const NewItem = z
  .strictObject({ name: Name, description: Description.default("") })
  .meta({ id: "NewItem", examples: [{ name: "Lantern", description: "Paper, for the east gate" }] });
export const ItemChange = z
  .strictObject({ name: Name, description: Description })
  .partial()
  .refine((change) => Object.keys(change).length > 0, fault("nothing_to_change"))
  .meta({ id: "ItemChange", minProperties: 1, examples: [{ name: "Bronze lantern" }] });

export const Item = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    tenant_id: z.string(),
    owner_sub: z.string(),
    owner: Person,
    version: z.int().positive().describe("Counts the changes; the item's ETag begins with it."),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({
    id: "Item",
    examples: [
      {
        id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54",
        name: "Lantern",
        description: "Paper, for the east gate",
        tenant_id: "acme",
        owner_sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90",
        owner: { sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90", name: "Yuki Tanaka", is_member: true },
        version: 1,
        created_at: "2026-11-21T08:30:00.000Z",
        updated_at: "2026-11-21T08:30:00.000Z",
      },
    ],
  });
export type Item = z.output<typeof Item>;
export type ListItems = z.output<typeof ListItems>;
export type ExportItems = z.output<typeof ExportItems>;
export type NewItem = z.output<typeof NewItem>;
export type ItemChange = z.output<typeof ItemChange>;

type Row = Omit<typeof items.$inferSelect, "nameKey">;

/** A row as the API shows it. */
export function toItem(row: Row & { owner: Person }): Item {
  return { ...toOwnItem(row), owner: row.owner };
}

/** The same without who the owner is, which may change while the item does not. */
export function toOwnItem(row: Row): Omit<Item, "owner"> {
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
