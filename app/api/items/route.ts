import { requireListExpected, versioned } from "@/lib/http/conditions";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { paged } from "@/lib/http/paged";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { createItem } from "@/lib/items/create-item";
import { listItems } from "@/lib/items/list-items";
import * as operations from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.listItems, async ({ tenant, query, request }) =>
    paged(await listItems(tenant, query), request),
  ),
  route(operations.createItem, async ({ tenant, body, request }) => {
    requireListExpected(request);
    const item = await createItem(tenant, body, idempotencyKey(request));
    return versioned(item, { status: 201, headers: { Location: `/api/items/${item.id}` } });
  }),
);
