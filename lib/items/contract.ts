import { z } from "zod";
import { Person } from "../auth/tenancy/person";
import { Day, Moment } from "../db/moment";
import { PageQuery } from "../db/page";
import { nameText, storableText } from "../db/text";
import { fault } from "../field-error";
import { ITEM_OUTCOMES, SORTS } from "./kinds";
import type { items } from "./tables";

const Name = nameText(200);
const Description = storableText(0, 2_000);

export const ItemPath = z.object({ id: z.uuid() });
export const ListItems = PageQuery.extend({
  // A place in the order of the names has a name in it.
  cursor: PageQuery.shape.cursor.unwrap().max(2_000).optional(),
  sort: z
    .enum(SORTS)
    .optional()
    .describe("By creation (newest first unless said), by the last change, or by name; `-` turns it round."),
  owner: storableText(1, 128).optional().describe("Only items of this owner: a `sub`, or `me`."),
  changed_since: z
    .union([Day, Moment])
    .optional()
    .describe("Only items that were added or changed since; a date begins in UTC."),
  contains: storableText(1, 200)
    .optional()
    .describe(
      "Only items with this in the name or the description; forms and cases of a letter are alike, no character is special.",
    ),
  starts_with: storableText(1, 200)
    .optional()
    .describe(
      "Only items whose name begins so; forms and cases of a letter are alike, no character is special.",
    ),
});
export const ExportItems = ListItems.omit({ limit: true, cursor: true }).extend({
  ids: z
    .string()
    .transform((ids) => ids.split(","))
    .pipe(z.array(z.uuid()).min(1).max(100))
    .optional()
    .describe("Only these, up to 100, with commas between them."),
});
export const WatchItems = z.strictObject({
  since: Moment.optional().describe(
    "Begins with whether something has changed since then. The header `Last-Event-ID` says it too, and counts more.",
  ),
});
/** Several items at once. */
export const SomeItems = z
  .strictObject({
    ids: z
      .array(z.uuid())
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, fault("repeated", "must name each item once")),
  })
  .meta({ id: "SomeItems", examples: [{ ids: ["01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54"] }] });
/** What became of one of several items. */
export const ItemOutcome = z
  .object({
    id: z.uuid(),
    outcome: z
      .enum(ITEM_OUTCOMES)
      .describe(
        "`forbidden`: somebody else's, which only an administrator may delete; `not_found`: it is not there.",
      ),
  })
  .meta({
    id: "ItemOutcome",
    examples: [{ id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54", outcome: "done" }],
  });
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
export type ItemOutcome = z.output<typeof ItemOutcome>;
export type Item = z.output<typeof Item>;
export type ListItems = z.output<typeof ListItems>;
export type ExportItems = z.output<typeof ExportItems>;
export type NewItem = z.output<typeof NewItem>;
export type ItemChange = z.output<typeof ItemChange>;

type Row = Omit<typeof items.$inferSelect, "nameKey" | "textKey">;

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
