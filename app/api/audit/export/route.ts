import { auditFileName, exportAudit } from "@/lib/audit/export-audit";
import { auditOperations as operations } from "@/lib/features";
import { download } from "@/lib/http/download";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.exportAudit, async ({ tenant, query }) => {
    const name = auditFileName(tenant.tenantId, query, new Date());
    return download(exportAudit(tenant, query), { name, type: "text/csv; charset=utf-8" });
  }),
);
