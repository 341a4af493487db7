import { listAssignees } from "@/lib/alerts/assignable";
import * as operations from "@/lib/alerts/operations";
import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.listAssignees, async ({ tenant, query }) => json(await listAssignees(tenant, query))),
);
