import { changeAlerts } from "@/lib/alerts/change-alerts";
import * as operations from "@/lib/alerts/operations";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.changeAlerts, async ({ tenant, body }) =>
    json(await changeAlerts(tenant, body.ids, body.status)),
  ),
);
