import { and, eq } from "drizzle-orm";
import { isOperator, roleOf } from "../auth/access/groups";
import { findAccepted } from "../auth/single-sign-on/accepted-users";
import { tenantBy } from "../auth/single-sign-on/own-tenant";
import { ONLY_TENANT, type TenantContext } from "../auth/tenancy/tenant";
import { findUser, groupsOf, type PoolUser } from "../cognito/pool-users";
import { members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { env } from "../env";
import { AppError } from "../errors";
import type { GivenRole } from "../roles";
import type { MemberStatus } from "./contract";

/** A member as Cognito has them now: what every action on one is decided by. */
export type PoolMember = PoolUser & { role: GivenRole; isOperator: boolean };

/**
 * The member with this id, asked of Cognito and not of our list; whoever has moved to another tenant since leaves the list.
 *
 * @throws AppError `not_found`, the same for a member of another tenant and an id that never was; `cognito_unavailable`.
 */
export async function requireMember(
  { tenantId }: Pick<TenantContext, "tenantId">,
  id: string,
): Promise<PoolMember> {
  const user = (await findUser(id)) ?? (await findExternal(tenantId, id));
  if (!user || user.sub !== id || tenantOf(user) !== tenantId) {
    const whereRow = and(eq(members.tenantId, tenantId), eq(members.sub, id));
    await withTenant(tenantId, (tx) => tx.delete(members).where(whereRow));
    throw new AppError("not_found");
  }
  return inGroups(user, await groupsOf(user.username));
}

/** Cognito finds whom a provider made by their name, and not by their `sub` (API reference, AdminGetUser). */
async function findExternal(tenantId: string, id: string): Promise<PoolUser | null> {
  const accepted = await findAccepted(id, tenantId);
  return accepted && findUser(accepted.username);
}

/**
 * The same for a member whom a tenant's administrators may change.
 *
 * @throws AppError also `forbidden` for the platform's own staff: whoever could reset their second factor or void
 *   their password in one tenant would weaken the way into every tenant.
 */
export async function requireManageableMember(
  tenant: Pick<TenantContext, "tenantId">,
  id: string,
): Promise<PoolMember> {
  const member = await requireMember(tenant, id);
  if (!member.isOperator) return member;
  throw new AppError("forbidden", { detail: "The platform's own staff is not managed here." });
}

/** The tenant that a user of the pool belongs to, by the attribute that only administrators of the pool can write. */
export function tenantOf(user: PoolUser): string | null {
  return env().MULTI_TENANT_ENABLED ? tenantBy(user, user.tenantAttribute) : ONLY_TENANT;
}

export function inGroups(user: PoolUser, groups: string[]): PoolMember {
  return { ...user, role: roleOf({ groups }), isOperator: isOperator({ groups }) };
}

/** What a record of something done to them names. */
export function subjectOf({ sub, email, username }: PoolUser): { id: string; label: string } {
  return { id: sub, label: email ?? username };
}

/** How they stand with us, in one word. */
export function statusOf({ isEnabled, status }: PoolUser): MemberStatus {
  if (!isEnabled) return "disabled";
  if (status === "FORCE_CHANGE_PASSWORD" || status === "UNCONFIRMED") return "invited";
  return status === "RESET_REQUIRED" ? "reset_required" : "active";
}
