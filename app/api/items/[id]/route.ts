import { expectedVersion, versioned } from "@/lib/http/etag";
import { route } from "@/lib/http/route";
import { changeItem } from "@/lib/items/change-item";
import { ItemChange, ItemPath } from "@/lib/items/contract";
import { deleteItem } from "@/lib/items/delete-item";
import { readItem } from "@/lib/items/read-item";

export const GET = route({ permission: "items:read", path: ItemPath }, async ({ tenant, path }) =>
  versioned(await readItem(tenant, path.id)),
);

export const PATCH = route(
  { permission: "items:write", path: ItemPath, body: ItemChange },
  async ({ tenant, path, body, request }) =>
    versioned(await changeItem(tenant, path.id, body, expectedVersion(request))),
);

export const DELETE = route(
  { permission: "items:write", path: ItemPath },
  async ({ tenant, path, request }) => {
    await deleteItem(tenant, path.id, expectedVersion(request));
    return new Response(null, { status: 204 });
  },
);
