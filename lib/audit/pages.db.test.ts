import { testPages } from "../../infra/local/testing/paged-list";
import { auditEvents } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { listAudit } from "./list-audit";

testPages({
  name: "audit",
  list: listAudit,
  plant: ({ tenantId }, rows) =>
    withTenant(tenantId, (tx) =>
      tx
        .insert(auditEvents)
        .values(
          rows.map((row) => ({ ...row, tenantId, action: "x.done", outcome: "done" as const, detail: {} })),
        ),
    ),
});
