import { z } from "zod";
import { CurrentTenant, Me } from "../auth/tenancy/me";
import { operation } from "../operation";
import { rowOperations } from "../row-operations";
import {
  ExportItems,
  Item,
  ItemChange,
  ItemOutcome,
  ItemPath,
  ListItems,
  NewItem,
  SomeItems,
  WatchItems,
} from "./contract";
import { READ_ITEMS, WRITE_ITEMS } from "./permissions";

const tag = "Items";
const items = rowOperations({
  tag,
  path: "/api/items",
  names: ["item", "items"],
  row: Item,
  rowPath: ItemPath,
  mayRead: READ_ITEMS,
  mayWrite: WRITE_ITEMS,
});

export const listItems = items.list({
  id: "listItems",
  summary: "List the tenant's items, newest first",
  query: ListItems,
});

export const createItem = items.create({ id: "createItem", summary: "Add an item", body: NewItem });

export const readItem = items.read({ id: "readItem", summary: "Read an item" });

export const changeItem = items.change({ id: "changeItem", summary: "Change an item", body: ItemChange });

export const deleteItem = items.remove({
  id: "deleteItem",
  summary: "Delete an item",
  description: "One's own, or as an administrator anyone's.",
});

export const restoreItem = operation({
  method: "POST",
  path: "/api/items/{id}/restore",
  id: "restoreItem",
  tag,
  summary: "Put a deleted item back",
  description: "As it was, within an hour after it was deleted, by whoever may delete it.",
  access: WRITE_ITEMS,
  params: ItemPath,
  headers: ["If-Match", "If-None-Match"],
  answer: { status: 200, description: "The item, back again.", body: Item, headers: ["ETag"] },
});

export const deleteItems = operation({
  method: "POST",
  path: "/api/items/delete",
  id: "deleteItems",
  tag,
  summary: "Delete several items",
  description:
    "All in one transaction. One that may not be deleted keeps none of the others back; the answer says of each what became of it, in the order of the request.",
  access: WRITE_ITEMS,
  body: SomeItems,
  answer: { status: 200, description: "What became of each.", body: z.array(ItemOutcome) },
});

export const restoreItems = operation({
  method: "POST",
  path: "/api/items/restore",
  id: "restoreItems",
  tag,
  summary: "Put several deleted items back",
  description: "As they were, within an hour after they were deleted, by whoever may delete them.",
  access: WRITE_ITEMS,
  body: SomeItems,
  answer: { status: 200, description: "What became of each.", body: z.array(ItemOutcome) },
});

export const exportItems = operation({
  method: "GET",
  path: "/api/items/export",
  id: "exportItems",
  tag,
  summary: "Export the tenant's items as CSV",
  description:
    "All that match, newest first, in UTF-8 with a byte order mark. A text that a spreadsheet would take for a formula is put behind an apostrophe.",
  access: READ_ITEMS,
  query: ExportItems,
  answer: { status: 200, description: "The file.", contentType: "text/csv" },
});

/** Where the original API had `/api/user/me`. */
export const readOriginalMe = operation({
  method: "GET",
  path: "/api/items/me",
  id: "readOriginalMe",
  tag,
  summary: "Who the token says one is, as under /api/user/me",
  access: "caller",
  answer: { status: 200, description: "The principal.", body: Me },
});

/** Where the original API had `/api/user/tenant`. */
export const readOriginalTenant = operation({
  method: "GET",
  path: "/api/items/tenant",
  id: "readOriginalTenant",
  tag,
  summary: "For which tenant one is working, as under /api/user/tenant",
  access: READ_ITEMS,
  answer: { status: 200, description: "The tenant.", body: CurrentTenant },
});

export const watchItems = operation({
  method: "GET",
  path: "/api/items/stream",
  id: "watchItems",
  tag,
  summary: "Watch whether items change",
  description: `Server-sent events, for as long as the caller may read items and at most ten minutes; then ask again with the last \`id\`.

- \`changed\`: items were added, changed, deleted or put back; list them anew. The \`id\` of the event says until when nothing was missed.
- \`live\`: \`{"live": true}\`, or false while changes cannot be told; they are afterwards.
- \`end\`: \`{"code": null, "reason": "lasted"}\` after ten minutes, \`"stopping"\` when this server stops: ask again at once. Otherwise \`"refused"\` and the code of the refusal. Nothing follows it.

A comment comes at least every 20 seconds.`,
  access: READ_ITEMS,
  isUnattended: true,
  query: WatchItems,
  headers: ["Last-Event-ID"],
  answer: { status: 200, description: "The events.", contentType: "text/event-stream" },
  errors: ["rate_limited"],
});
