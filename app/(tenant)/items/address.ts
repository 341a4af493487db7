import { z } from "zod";
import { ListItems } from "@/lib/items/contract";
import { CHANGED_WITHIN } from "./links";

/** How many rows a page of the list adds, and how many an address brings back at most. */
const STEP = 50;
const MOST = 500;

/** What the address of the list says. Anybody can type one: invalid parts are ignored. */
const ItemsAddress = z.object({
  q: ListItems.shape.contains.default("").catch(""),
  sort: ListItems.shape.sort.catch(undefined),
  owner: z.literal("me").optional().catch(undefined),
  changed: z.enum(CHANGED_WITHIN).optional().catch(undefined),
  /** How many rows were loaded: Back and reload bring as many again. */
  shown: z.coerce.number().int().min(STEP).max(MOST).catch(STEP),
  /** What is open in the dialog: an item's id, or `new`. */
  item: z.string().nullable().catch(null).default(null),
});

export function readAddress(params: unknown): z.output<typeof ItemsAddress> {
  return ItemsAddress.parse(params);
}
