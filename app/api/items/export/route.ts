import { download } from "@/lib/http/download";
import { resource } from "@/lib/http/resource";
import { route } from "@/lib/http/route";
import { exportItems } from "@/lib/items/export-items";
import * as operations from "@/lib/items/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  route(operations.exportItems, async ({ tenant, query }) => {
    const name = `items-${tenant.tenantId}-${new Date().toISOString().slice(0, 10)}.csv`;
    return download(exportItems(tenant, query), { name, type: "text/csv; charset=utf-8" });
  }),
);
