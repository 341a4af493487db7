import { json } from "@/lib/http/json";
import { paged } from "@/lib/http/paged";
import { resource } from "@/lib/http/resource";
import { operatorRoute } from "@/lib/http/route";
import { listTenants } from "@/lib/platform/list-tenants";
import { makeTenantAsOperator } from "@/lib/platform/make-tenant-as-operator";
import * as operations from "@/lib/tenants/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  operatorRoute(operations.listTenants, async ({ query, request }) =>
    paged(await listTenants(query), request),
  ),
  operatorRoute(operations.makeTenant, async ({ caller, body }) => {
    const tenant = await makeTenantAsOperator(caller, body);
    return json(tenant, { status: 201, headers: { Location: `/api/tenants/${tenant.id}` } });
  }),
);
