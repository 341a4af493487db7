import { download } from "@/lib/http/download";
import { resource } from "@/lib/http/resource";
import { operatorRoute } from "@/lib/http/route";
import { exportAsOperator } from "@/lib/platform/export-as-operator";
import * as operations from "@/lib/tenants/operations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  operatorRoute(operations.exportTenant, async ({ caller, path: { id } }) => {
    const name = `tenant-${id}-${new Date().toISOString().slice(0, 10)}.jsonl`;
    return download(exportAsOperator(caller, id), { name, type: "application/jsonl" });
  }),
);
