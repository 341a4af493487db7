import { expectedVersion, versioned, versionedRead } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { changeItem } from "@/lib/items/change-item";
import { deleteItem } from "@/lib/items/delete-item";
import * as operations from "@/lib/items/operations";
import { readItem } from "@/lib/items/read-item";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.readItem, async ({ tenant, path, request }) =>
    versionedRead(request, await readItem(tenant, path.id)),
  ),
  route(operations.changeItem, async ({ tenant, path, body, request }) =>
    versioned(await changeItem(tenant, path.id, body, expectedVersion(request))),
  ),
  route(operations.deleteItem, async ({ tenant, path, request }) => {
    await deleteItem(tenant, path.id, expectedVersion(request));
    return new Response(null, { status: 204 });
  }),
);
