import type { AuditEvent, AuditSource } from "../audit/record";
import { recordedFirst } from "../audit/recorded-first";
import { endAccessAround } from "../auth/endings/end-access";
import { refreshSessionsOf } from "../auth/session/session-store";
import { disableUser, enableUser } from "../cognito/user-administration";
import { rankOf } from "../roles";
import { isAdministrator, requireNotEmergency, takeAdministratorAway } from "./administrators";
import type { Member, MemberChange } from "./contract";
import { saveMember } from "./member-rows";
import { type PoolMember, requireManageableMember, requireMember, subjectOf } from "./pool-member";
import { setRole } from "./set-role";

/**
 * Changes a member's role, or whether they may sign in. What takes rights away holds at once: their sessions end and
 * their tokens are refused. A higher role reaches their browsers with the next click, and a script with its next token.
 *
 * @throws AppError `not_found`, `forbidden` for the platform's staff, `last_admin`, `conflict`, `cognito_unavailable`.
 */
export async function changeMember(tenant: AuditSource, id: string, change: MemberChange): Promise<Member> {
  const { tenantId } = tenant;
  const member = await requireManageableMember(tenant, id);
  const { username, sub } = member;
  const role = change.role ?? member.role;
  const isEnabled = change.status === undefined ? member.isEnabled : change.status === "enabled";
  const isLess = rankOf(role) < rankOf(member.role) || (member.isEnabled && !isEnabled);

  if (isLess) await requireNotEmergency(tenantId, sub);
  const apply = async () => {
    if (member.isEnabled && !isEnabled) await disableUser(username);
    if (role !== member.role) await setRole(username, role);
    if (!member.isEnabled && isEnabled) await enableUser(username);
  };
  const carryOut = async () => {
    if (!isLess) {
      await apply();
      if (role !== member.role) await refreshSessionsOf(sub);
    } else if (isAdministrator(member)) {
      await takeAdministratorAway(tenantId, sub, () => endAccessAround(member, apply));
    } else {
      await endAccessAround(member, apply);
    }
    return requireMember(tenant, id);
  };
  return recordedFirst(tenant, {
    events: eventsOf(member, { role, isEnabled }),
    effect: carryOut,
    finish: (tx, now) => saveMember(tx, tenantId, now),
  });
}

function eventsOf(before: PoolMember, now: Pick<PoolMember, "role" | "isEnabled">): AuditEvent[] {
  const subject = subjectOf(before);
  const events: AuditEvent[] = [];
  if (before.role !== now.role) {
    events.push({ action: "member.role_changed", subject, detail: { from: before.role, to: now.role } });
  }
  if (before.isEnabled !== now.isEnabled) {
    events.push({ action: now.isEnabled ? "member.enabled" : "member.disabled", subject });
  }
  return events;
}
