import { testPages } from "../../infra/local/testing/paged-list";
import { withTenant } from "../db/with-tenant";
import { listAlerts } from "./list-alerts";
import { alerts } from "./tables";

testPages({
  name: "alerts",
  list: listAlerts,
  plant: ({ tenantId }, rows) =>
    withTenant(tenantId, (tx) =>
      tx.insert(alerts).values(
        rows.map((row) => ({
          ...row,
          tenantId,
          ownerSub: "x",
          updatedAt: row.createdAt,
          title: "t",
          detail: "",
          severity: "info" as const,
          source: "s",
        })),
      ),
    ),
});
