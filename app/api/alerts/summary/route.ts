import * as operations from "@/lib/alerts/operations";
import { summariseAlerts } from "@/lib/alerts/summarise-alerts";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.summariseAlerts, async ({ tenant, query }) =>
    json(await summariseAlerts(tenant, query.zone)),
  ),
);
