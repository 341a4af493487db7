import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { operatorRoute } from "@/lib/http/route";
import { changeTenantAsOperator } from "@/lib/platform/change-tenant-as-operator";
import { deleteTenantAsOperator } from "@/lib/platform/delete-tenant-as-operator";
import { readTenant } from "@/lib/platform/list-tenants";
import * as operations from "@/lib/tenants/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  operatorRoute(operations.readOneTenant, async ({ path }) => json(await readTenant(path.id))),
  operatorRoute(operations.changeTenant, async ({ caller, path, body }) =>
    json(await changeTenantAsOperator(caller, path.id, body)),
  ),
  operatorRoute(operations.deleteTenant, async ({ caller, path, body }) =>
    json(await deleteTenantAsOperator(caller, path.id, body), { status: 202 }),
  ),
);
