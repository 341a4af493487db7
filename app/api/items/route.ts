import { versioned } from "@/lib/http/etag";
import { paged } from "@/lib/http/paged";
import { route } from "@/lib/http/route";
import { ListItems, NewItem } from "@/lib/items/contract";
import { createItem } from "@/lib/items/create-item";
import { listItems } from "@/lib/items/list-items";

export const GET = route({ permission: "items:read", query: ListItems }, async ({ tenant, query, request }) =>
  paged(await listItems(tenant, query), request),
);

export const POST = route({ permission: "items:write", body: NewItem }, async ({ tenant, body }) => {
  const item = await createItem(tenant, body);
  return versioned(item, { status: 201, headers: { Location: `/api/items/${item.id}` } });
});
