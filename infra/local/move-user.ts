import { AdminUpdateUserAttributesCommand } from "@aws-sdk/client-cognito-identity-provider";
import { and, desc, eq } from "drizzle-orm";
import type { AuditSource } from "@/lib/audit/record";
import { recordedFirst } from "@/lib/audit/recorded-first";
import { endAccessAround } from "@/lib/auth/endings/end-access";
import { keepTenant } from "@/lib/auth/tenancy/tenants";
import { callCognito, isRefusal } from "@/lib/cognito/client";
import { findUser, groupsOf } from "@/lib/cognito/pool-users";
import { auditEvents, members } from "@/lib/db/schema";
import { withTenant } from "@/lib/db/with-tenant";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { changingAdministrators, isAdministrator } from "@/lib/members/administrators";
import { saveMember } from "@/lib/members/member-rows";
import { inGroups, type PoolMember, subjectOf } from "@/lib/members/pool-member";
import { setRole } from "@/lib/members/set-role";
import { GIVEN_ROLES, type GivenRole, rankOf } from "@/lib/roles";

/** `from` is null for somebody who had no tenant, or whose move there is to be brought to its end. */
export type Move = { member: PoolMember; from: string | null; to: string; role: GivenRole };

/** What became of it, for the person who asked for it to know. */
export type Moved = {
  /** The tenant that was left has no administrator any more. */
  wasLastAdministrator: boolean;
  /** Cognito has confirmed that what was open has ended; otherwise the application goes on asking. */
  isConfirmed: boolean;
};

/**
 * Gives an account another tenant, with a role there, and ends all that was open before. What it made stays where it
 * is. It is on the record of both tenants before anything is done; neither record names the other tenant, because no
 * tenant is told of another.
 *
 * No code of the application: its own role at Cognito may not write a tenant.
 *
 * @throws AppError `database_unavailable`, `cognito_unavailable`: it may be half done, and the same again ends it;
 *   `not_found`, `conflict`.
 */
export async function moveUser(move: Move): Promise<Moved> {
  const { member, to, role } = move;
  const moved = await recordedFirst(sourceIn(to), {
    events: [{ action: "member.moved_in", subject: subjectOf(member), detail: { role } }],
    effect: async () => {
      const left = await leave(move);
      return { ...left, now: await findMember(member.sub) };
    },
    finish: async (tx, { now, ...left }) => {
      await saveMember(tx, to, now);
      return left;
    },
  });
  await keepTenant(to);
  return moved;
}

/** The role of a move into a tenant that was begun and is not known to have ended; null where there is none. */
export async function unfinishedMove(to: string, sub: string): Promise<GivenRole | null> {
  const { tenantId, subjectId, action, createdAt, id } = auditEvents;
  const [last] = await withTenant(to, (tx) =>
    tx
      .select({ outcome: auditEvents.outcome, detail: auditEvents.detail })
      .from(auditEvents)
      .where(and(eq(tenantId, to), eq(subjectId, sub), eq(action, "member.moved_in")))
      .orderBy(desc(createdAt), desc(id))
      .limit(1),
  );
  if (last?.outcome !== "begun") return null;
  return GIVEN_ROLES.find((role) => role === last.detail.role) ?? null;
}

/** The change itself, on the record of the tenant that is left. */
async function leave(move: Move): Promise<Moved> {
  const { member, from } = move;
  if (from === null) return { wasLastAdministrator: false, isConfirmed: await change(move) };
  const leaving = async (wasLastAdministrator: boolean) => ({
    wasLastAdministrator,
    isConfirmed: await change(move),
  });
  return recordedFirst(sourceIn(from), {
    events: [{ action: "member.moved_out", subject: subjectOf(member), detail: { role: member.role } }],
    effect: () =>
      isAdministrator(member) ? changingAdministrators(from, member.sub, leaving) : leaving(false),
    finish: async (tx, left) => {
      await tx.delete(members).where(and(eq(members.tenantId, from), eq(members.sub, member.sub)));
      return left;
    },
  });
}

/** What breaks off in between leaves them in neither tenant with more than was meant: a lower role comes first. */
function change({ member, from, to, role }: Move): Promise<boolean> {
  const { username } = member;
  return endAccessAround({ ...member, tenantClaim: from }, async () => {
    const isMore = rankOf(role) > rankOf(member.role);
    if (!isMore) await setRole(username, role);
    try {
      await setTenant(username, to);
    } catch (error) {
      // What is refused is withdrawn from the records, so that nothing may have come of it.
      if (!isMore && error instanceof AppError && error.status < 500) await setRole(username, member.role);
      throw error;
    }
    if (isMore) await setRole(username, role);
  });
}

async function setTenant(username: string, tenant: string): Promise<void> {
  const { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_TENANT_CLAIM: Name } = env();
  const UserAttributes = [{ Name, Value: tenant }];
  const command = new AdminUpdateUserAttributesCommand({ UserPoolId, Username: username, UserAttributes });
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new AppError("conflict", { detail: "The account cannot be given this tenant.", cause: error });
  }
}

async function findMember(sub: string): Promise<PoolMember> {
  const user = await findUser(sub);
  if (!user) throw new AppError("not_found", { detail: "The account was deleted in the meantime." });
  return inGroups(user, await groupsOf(user.username));
}

/** The source of what nobody who is signed in to the application does. */
export function sourceIn(tenantId: string): AuditSource {
  return { tenantId, principal: null, role: null, address: null };
}
