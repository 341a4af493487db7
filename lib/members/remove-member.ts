import { and, eq } from "drizzle-orm";
import { recordedFirst } from "../audit/recorded-first";
import { endAccessAround } from "../auth/endings/end-access";
import { forgetAccepted } from "../auth/single-sign-on/accepted-users";
import type { TenantContext } from "../auth/tenancy/tenant";
import { deleteUser } from "../cognito/user-administration";
import { members } from "../db/schema";
import { isAdministrator, requireNotEmergency, takeAdministratorAway } from "./administrators";
import { requireManageableMember, subjectOf } from "./pool-member";

/**
 * Deletes a member's account and ends their access at once. What they made stays.
 *
 * @throws AppError `not_found`, `forbidden` for the platform's staff, `last_admin`, `conflict`, `cognito_unavailable`.
 */
export async function removeMember(tenant: TenantContext, id: string): Promise<void> {
  const { tenantId } = tenant;
  const member = await requireManageableMember(tenant, id);
  await requireNotEmergency(tenantId, id);
  const remove = async () => {
    await endAccessAround(member, () => deleteUser(member.username));
    await forgetAccepted(id);
  };
  await recordedFirst(tenant, {
    events: [{ action: "member.removed", subject: subjectOf(member), detail: { role: member.role } }],
    effect: () => (isAdministrator(member) ? takeAdministratorAway(tenantId, member.sub, remove) : remove()),
    finish: async (tx) => {
      await tx.delete(members).where(and(eq(members.tenantId, tenantId), eq(members.sub, id)));
    },
  });
}
