import { recordAudit } from "../auth/audit";
import type { TenantContext } from "../auth/tenant";
import type { PoolUser } from "../cognito/pool-users";
import { addToGroup, createUser, deleteUser, mailInvitation } from "../cognito/user-administration";
import { answeredBefore, onlyOnce } from "../db/only-once";
import { withTenant } from "../db/with-tenant";
import { env } from "../env";
import { AppError } from "../errors";
import type { Member, MemberRole, NewMember } from "./contract";
import { saveMember } from "./member-rows";
import { inGroups } from "./pool-member";

/**
 * Makes an account in the caller's tenant and mails a temporary password to it. The mail goes out last: until then
 * nobody can sign in with more rights than were meant.
 *
 * @param idempotencyKey with the same key, the same request is carried out once and answered alike for a day.
 * @throws AppError `member_exists`, the same for an account of this tenant and of any other;
 *   `idempotency_key_reused`, `invalid_request`, `cognito_unavailable`.
 */
export async function inviteMember(
  tenant: TenantContext,
  input: NewMember,
  idempotencyKey: string | null = null,
): Promise<Member> {
  const { tenantId, principal } = tenant;
  const once = { tenantId, ownerSub: principal.sub, operation: "inviteMember", key: idempotencyKey, input };
  const before = () => withTenant(tenantId, (tx) => answeredBefore<Member>(tx, once));
  const answered = await before();
  if (answered) return answered;
  // Not inside a transaction: no connection waits for Cognito.
  const user = await createUser(input.email, env().MULTI_TENANT_ENABLED ? tenantId : null).catch(
    async (error: unknown) => {
      const isRepetition = error instanceof AppError && error.code === "member_exists";
      const answer = isRepetition ? await before() : null;
      if (answer === null) throw error;
      return answer;
    },
  );
  if ("id" in user) return user;
  await admit(user, input.role);
  return withTenant(tenantId, (tx) =>
    onlyOnce(tx, once, async () => {
      const groups = input.role === "member" ? [] : [input.role];
      const member = await saveMember(tx, tenantId, inGroups(user, groups));
      const subject = { id: member.id, label: member.email };
      await recordAudit(tx, tenant, { action: "member.invited", subject, detail: { role: input.role } });
      return member;
    }),
  );
}

/** Gives the new account its role and its mail, or takes it back: a viewer without the group would be a member. */
async function admit(user: PoolUser, role: MemberRole): Promise<void> {
  try {
    if (role !== "member") await addToGroup(user.username, role);
    await mailInvitation(user);
  } catch (error) {
    await deleteUser(user.username);
    throw error;
  }
}
