import { listAudit } from "@/lib/audit/list-audit";
import { auditOperations as operations } from "@/lib/features";
import { paged } from "@/lib/http/paged";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.listAudit, async ({ tenant, query, request }) =>
    paged(await listAudit(tenant, query), request),
  ),
);
