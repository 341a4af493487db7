import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { deleteItems } from "@/lib/items/delete-items";
import * as operations from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.deleteItems, async ({ tenant, body }) => json(await deleteItems(tenant, body.ids))),
);
