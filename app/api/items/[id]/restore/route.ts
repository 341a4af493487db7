import { expectedVersion, versioned } from "@/lib/http/conditions";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import * as operations from "@/lib/items/operations";
import { restoreItem } from "@/lib/items/restore-item";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.restoreItem, async ({ tenant, path, request }) =>
    versioned(await restoreItem(tenant, path.id, expectedVersion(request))),
  ),
);
