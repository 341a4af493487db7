import type { TenantContext } from "../../../lib/auth/tenancy/tenant";
import { members } from "../../../lib/db/schema";
import { withTenant } from "../../../lib/db/with-tenant";
import { makeTenant } from "./tenant";

type Row = Partial<Pick<typeof members.$inferInsert, "name" | "email" | "role" | "status">>;

/**
 * A caller who is on the tenant's list of members, in the tenant of another where one is given.
 *
 * @public for features
 */
export async function listedMember(row: Row = {}, of: Partial<TenantContext> = {}): Promise<TenantContext> {
  const { role = "member" } = row;
  const tenant = makeTenant({ ...(of.tenantId && { tenantId: of.tenantId }), groups: [role] });
  const { tenantId, principal } = tenant;
  const now = new Date();
  await withTenant(tenantId, (tx) =>
    tx.insert(members).values({
      email: `${principal.sub.slice(0, 8)}@people.example`,
      status: "active",
      ...row,
      tenantId,
      sub: principal.sub,
      username: principal.sub,
      role,
      isOperator: false,
      createdAt: now,
      updatedAt: now,
    }),
  );
  return tenant;
}
