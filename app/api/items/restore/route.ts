import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { restoreItems } from "@/lib/items/delete-items";
import * as operations from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.restoreItems, async ({ tenant, body }) => json(await restoreItems(tenant, body.ids))),
);
