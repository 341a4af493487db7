import type { Caller } from "../auth/access/identify";
import { inviteMember } from "../members/invite-member";
import type { InvitedAdministrator } from "../tenants/contract";
import { asOperator } from "./as-operator";
import { readTenant, requireKept } from "./list-tenants";

/**
 * Invites an administrator into a tenant: an account with a temporary password by mail, as `inviteMember` does it.
 *
 * @throws AppError `not_found`, `conflict` while it is being deleted; what `inviteMember` throws.
 */
export async function inviteAdministrator(
  caller: Caller,
  id: string,
  { email, idempotencyKey }: { email: string; idempotencyKey: string | null },
): Promise<InvitedAdministrator> {
  const tenant = await readTenant(id);
  requireKept(tenant);
  const subject = { id, name: tenant.name };
  const { principal, address } = caller;
  await asOperator(caller, { action: "platform.administrator_invited", subject }, (by) => {
    // No member there: the record could not say who they are.
    const operator = { ...principal, email: by.principal?.email ?? null };
    const there = { tenantId: id, principal: operator, role: "operator", isForeign: true, address } as const;
    return inviteMember(there, { email, role: "admin" }, idempotencyKey);
  });
  return { email, tenant_id: id };
}
