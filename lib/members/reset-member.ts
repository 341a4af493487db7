import type { AuditAction } from "../audit/record";
import { recordedFirst } from "../audit/recorded-first";
import { endAccessAround } from "../auth/endings/end-access";
import { spend } from "../auth/limits/rate-limit";
import { comesByProvider } from "../auth/single-sign-on/own-tenant";
import type { TenantContext } from "../auth/tenancy/tenant";
import { mailInvitation, voidPassword } from "../cognito/user-administration";
import { setSecondFactors } from "../cognito/user-directory";
import { AppError } from "../errors";
import { requireNotEmergency } from "./administrators";
import type { Member } from "./contract";
import { invitedBy } from "./invited-by";
import { saveMember } from "./member-rows";
import { type PoolMember, requireManageableMember, requireMember, statusOf, subjectOf } from "./pool-member";

/**
 * Mails a new temporary password to somebody who has not signed in yet.
 *
 * @throws AppError `conflict` for anybody else; `not_found`, `forbidden`, `rate_limited`, `cognito_unavailable`.
 */
export async function resendInvitation(tenant: TenantContext, id: string): Promise<Member> {
  const member = await requireManageableMember(tenant, id);
  if (statusOf(member) !== "invited") {
    throw new AppError("conflict", { detail: "Only an invitation that was not taken up can be sent again." });
  }
  await spendMail(tenant, member);
  const from = await invitedBy(tenant);
  return recorded(tenant, member, "member.invitation_resent", () => mailInvitation(member, from));
}

/**
 * Makes a member's password void, ends their access and mails them a code for a new one.
 *
 * @throws AppError `conflict` for somebody who is disabled, never had a password, or comes by the tenant's provider, and
 *   for the emergency administrator;
 *   `not_found`, `forbidden`, `rate_limited`, `cognito_unavailable`.
 */
export async function resetMemberPassword(tenant: TenantContext, id: string): Promise<Member> {
  const member = await requireManageableMember(tenant, id);
  const status = statusOf(member);
  if (status === "invited") throw new AppError("conflict", { detail: "Send the invitation again instead." });
  if (status === "disabled") throw new AppError("conflict", { detail: "Enable this member first." });
  requireOwnSignIn(member);
  // Where single sign-on is required nobody recovers a password: theirs would be lost, and they the way in with it.
  await requireNotEmergency(tenant.tenantId, id);
  await spendMail(tenant, member);
  return recorded(tenant, member, "member.password_reset", () =>
    endAccessAround(member, () => voidPassword(member.username)),
  );
}

/**
 * Turns a member's second factors off, for somebody who lost their phone, and ends their access.
 *
 * @throws AppError `conflict` where the pool demands a second factor, and for somebody who comes by the tenant's
 *   provider; `not_found`, `forbidden`, `cognito_unavailable`.
 */
export async function resetMemberFactors(tenant: TenantContext, id: string): Promise<Member> {
  const member = await requireManageableMember(tenant, id);
  requireOwnSignIn(member);
  return recorded(tenant, member, "member.factors_reset", () =>
    endAccessAround(member, () => setSecondFactors(member.username, { enabled: [], preferred: null })),
  );
}

/** What a company asks its people for is reset there. @throws AppError `conflict`. */
function requireOwnSignIn(member: PoolMember): void {
  if (!comesByProvider(member)) return;
  throw new AppError("conflict", { detail: "This member signs in by single sign-on: reset it there." });
}

const isInvited = (action: AuditAction) => action === "member.invitation_resent";

async function recorded(
  tenant: TenantContext,
  member: PoolMember,
  action: AuditAction,
  effect: () => Promise<unknown>,
): Promise<Member> {
  return recordedFirst(tenant, {
    events: [{ action, subject: subjectOf(member) }],
    effect: async () => {
      await effect();
      return requireMember(tenant, member.sub);
    },
    finish: (tx, now) =>
      saveMember(tx, tenant.tenantId, now, isInvited(action) ? { invitedAt: new Date() } : {}),
  });
}

/** Whoever could have mails sent without end would fill somebody's mailbox. */
function spendMail({ tenantId }: TenantContext, { email, username }: PoolMember): Promise<void> {
  return spend("member_mail", { recipient: email ?? username, tenant: tenantId });
}
