import { groupOf } from "@/lib/auth/access/groups";
import { isTenantId } from "@/lib/auth/tenancy/tenant-id";
import { knownTenant } from "@/lib/auth/tenancy/tenants";
import { findUser, groupsOf } from "@/lib/cognito/pool-users";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { changeMember } from "@/lib/members/change-member";
import { inGroups, type PoolMember } from "@/lib/members/pool-member";
import { GIVEN_ROLES, type GivenRole } from "@/lib/roles";
import { type Move, type Moved, moveUser, sourceIn, unfinishedMove } from "./move-user";
import { Refusal } from "./refusal";
import { requireGroup, type UserPool } from "./user-pool";

/** Who is to have which tenant. Without a role there, a careful one is chosen. */
export type Wish = { email: string; tenant: string; role?: GivenRole };

/**
 * Gives an existing account a tenant.
 *
 * @returns what became of it, a sentence each.
 * @throws Refusal for what is wrong with the wish; AppError as moveUser and, for a role in their own tenant, changeMember.
 */
export async function giveTenant(pool: UserPool, { email, tenant: to, ...wish }: Wish): Promise<string[]> {
  const { MULTI_TENANT_ENABLED } = env();
  if (!MULTI_TENANT_ENABLED) throw new Refusal("With MULTI_TENANT_ENABLED=0 everybody is in one tenant.");
  const { member, groups } = await findAccount(pool, email);
  const from = tenantIn(member);
  const begun = from === to ? await unfinishedMove(to, member.sub) : null;
  if (from === to && begun === null) return [await stay(member, { email, tenant: to, ...wish })];

  const role = wish.role ?? begun ?? defaultRole(member, groups);
  const group = groupOf(role);
  if (group !== null) await requireGroup(pool, group);
  const isNew = !(await isKnown(to));
  const move = { member, from: from === to ? null : from, to, role };
  const moved = await moveUser(move);
  return [
    `${email} is in the tenant ${to} now, as ${role}, in ${pool.name}.`,
    ...remarks(move, moved, { isNew, isRoleGiven: wish.role !== undefined, groups }),
  ];
}

async function findAccount(
  { name }: UserPool,
  email: string,
): Promise<{ member: PoolMember; groups: string[] }> {
  const user = await findUser(email);
  if (!user) throw new Refusal(`There is no account of ${email} in ${name}: npm run user:create makes one.`);
  // Whose account it is, an unverified address does not tell: anybody can write it.
  if (user.email?.toLowerCase() !== email.toLowerCase()) {
    throw new Refusal(
      `The address ${email} is not verified in ${name}, so that the account may be anybody's.`,
    );
  }
  const groups = await groupsOf(user.username);
  return { member: inGroups(user, groups), groups };
}

/** Null also for what is no tenant's id: it opens none. */
function tenantIn({ tenantAttribute }: PoolMember): string | null {
  return tenantAttribute !== null && isTenantId(tenantAttribute) ? tenantAttribute : null;
}

/** Whoever administered a tenant was trusted with that one. Who had neither a tenant nor a role begins as a member. */
function defaultRole(member: PoolMember, groups: string[]): GivenRole {
  const hasRole = GIVEN_ROLES.some((group) => groups.includes(group));
  return member.role === "admin" || (!hasRole && tenantIn(member) === null) ? "member" : member.role;
}

async function isKnown(tenant: string): Promise<boolean> {
  try {
    await knownTenant(tenant);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown_tenant") return false;
    throw error;
  }
}

/** @throws AppError as changeMember does. */
async function stay(member: PoolMember, { email, tenant, role = member.role }: Wish): Promise<string> {
  const already = `${email} is in the tenant ${tenant} already`;
  if (role === member.role) return `${already}, as ${role}.`;
  await changeMember(sourceIn(tenant), member.sub, { role });
  return `${already}, and was ${member.role} there: it is ${role} now.`;
}

/** What else the person should know, a sentence each. */
function remarks(
  { member, from, to, role }: Move,
  { wasLastAdministrator, isConfirmed }: Moved,
  { isNew, isRoleGiven, groups }: { isNew: boolean; isRoleGiven: boolean; groups: string[] },
): string[] {
  const lines: string[] = [];
  if (member.role === "admin" && role !== "admin" && !isRoleGiven) {
    lines.push("It was an administrator before, and is none there: the same with --role admin makes it one.");
  }
  if (wasLastAdministrator) {
    lines.push(
      `Warning: ${from} has no administrator any more: npm run user:create -- --email … --tenant ${from} --group admin makes one.`,
    );
  }
  if (groups.includes("operator")) lines.push("It stays in the group operator, the platform's own staff.");
  if (isNew) lines.push(`Warning: no tenant ${to} was known until now, and it is made.`);
  lines.push(
    isConfirmed
      ? "Everything that it had open has ended."
      : "Everything that it had open has ended here; Cognito has not confirmed it, and the application goes on asking.",
  );
  return lines;
}
