import { json } from "@/lib/http/json";
import { resource } from "@/lib/http/resource";
import { operatorRoute } from "@/lib/http/route";
import { proveDomainAsOperator } from "@/lib/platform/prove-domain-as-operator";
import * as operations from "@/lib/tenants/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  operatorRoute(operations.proveTenantDomain, async ({ caller, path }) =>
    json(await proveDomainAsOperator(caller, path.id, path.domain)),
  ),
);
