import { testPages } from "../../infra/local/testing/paged-list";
import { withTenant } from "../db/with-tenant";
import { listItems } from "./list-items";
import { items } from "./tables";

testPages({
  name: "items",
  list: listItems,
  plant: ({ tenantId }, rows) =>
    withTenant(tenantId, (tx) =>
      tx.insert(items).values(
        rows.map((row) => ({
          ...row,
          tenantId,
          ownerSub: "x",
          updatedAt: row.createdAt,
          name: "n",
          description: "",
        })),
      ),
    ),
  clear: ({ tenantId }) => withTenant(tenantId, (tx) => tx.delete(items)),
});
