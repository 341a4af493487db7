import { testPages } from "../../infra/local/testing/paged-list";
import { memberDirectories, members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { listMembers } from "./list-members";

testPages({
  name: "members",
  list: async (tenant, query) => {
    // As if it was read before: the pool has none of these members.
    const read = { tenantId: tenant.tenantId, readAt: new Date() };
    await withTenant(tenant.tenantId, (tx) =>
      tx.insert(memberDirectories).values(read).onConflictDoNothing(),
    );
    return listMembers(tenant, query);
  },
  plant: ({ tenantId }, rows) =>
    withTenant(tenantId, (tx) =>
      tx.insert(members).values(
        rows.map(({ id, createdAt }) => ({
          tenantId,
          sub: id,
          username: id,
          email: `${id}@x.example`,
          role: "member" as const,
          isOperator: false,
          status: "active" as const,
          createdAt,
          updatedAt: createdAt,
        })),
      ),
    ),
  clear: ({ tenantId }) => withTenant(tenantId, (tx) => tx.delete(members)),
});
