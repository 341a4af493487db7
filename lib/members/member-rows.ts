import { and, eq, inArray, sql } from "drizzle-orm";
import { comesByProvider } from "../auth/single-sign-on/own-tenant";
import { isExternal } from "../auth/single-sign-on/provider-name";
import { members } from "../db/schema";
import { personName } from "../db/text";
import type { TenantTransaction } from "../db/with-tenant";
import { type Member, toMember } from "./contract";
import { type PoolMember, statusOf } from "./pool-member";

/** What a row is overwritten with when there is one, and only if it says something else. */
const shown = [
  "username",
  "email",
  "name",
  "role",
  "is_operator",
  "status",
  "created_at",
  "comes_by_provider",
];
const SECOND_STEP = "coalesce(excluded.has_second_step, members.has_second_step)";
const old = sql.raw([...shown, "has_second_step"].map((column) => `members.${column}`).join(", "));
const fresh = sql.raw([...shown.map((column) => `excluded.${column}`), SECOND_STEP].join(", "));

/** Brings the list up to date with what Cognito says of these members. */
export async function saveMembers(
  tx: TenantTransaction,
  tenantId: string,
  found: PoolMember[],
): Promise<void> {
  if (found.length === 0) return;
  const known = await knownAddresses(tx, tenantId, found);
  await tx
    .insert(members)
    .values(found.map((member) => rowOf(tenantId, member, known.get(member.sub))))
    .onConflictDoUpdate({
      target: [members.tenantId, members.sub],
      set: {
        username: sql`excluded.username`,
        email: sql`excluded.email`,
        name: sql`excluded.name`,
        hasSecondStep: sql.raw(SECOND_STEP),
        role: sql`excluded.role`,
        isOperator: sql`excluded.is_operator`,
        status: sql`excluded.status`,
        createdAt: sql`excluded.created_at`,
        comesByProvider: sql`excluded.comes_by_provider`,
        updatedAt: sql`excluded.updated_at`,
      },
      setWhere: sql`(${old}) is distinct from (${fresh})`,
    });
}

/** The same for one member, who is then read back. @param invitedAt where an invitation was mailed to them just now. */
export async function saveMember(
  tx: TenantTransaction,
  tenantId: string,
  member: PoolMember,
  { invitedAt }: { invitedAt?: Date } = {},
): Promise<Member> {
  await saveMembers(tx, tenantId, [member]);
  const whereRow = and(eq(members.tenantId, tenantId), eq(members.sub, member.sub));
  if (invitedAt) await tx.update(members).set({ invitedAt }).where(whereRow);
  const [row] = await tx.select().from(members).where(whereRow);
  if (!row) throw new Error("a member was saved and is not there");
  return toMember(row);
}

/**
 * The address that those are listed with whose present one is not verified: the last one that was. An unverified one may
 * be anybody's, and is not kept either where it was listed once.
 */
async function knownAddresses(tx: TenantTransaction, tenantId: string, found: PoolMember[]) {
  const unverified = new Map(
    found.filter(({ email }) => email === null).map(({ sub, unverifiedEmail }) => [sub, unverifiedEmail]),
  );
  if (unverified.size === 0) return new Map<string, string>();
  const whereRow = and(eq(members.tenantId, tenantId), inArray(members.sub, [...unverified.keys()]));
  const rows = await tx.select({ sub: members.sub, email: members.email }).from(members).where(whereRow);
  const external = new Set(found.filter(isExternal).map(({ sub }) => sub));
  // Of whom a provider made, the address that is listed was accepted for its proved domain.
  const last = rows.filter(
    ({ sub, email }) => external.has(sub) || unverified.get(sub)?.toLowerCase() !== email.toLowerCase(),
  );
  return new Map(last.map(({ sub, email }) => [sub, email]));
}

function rowOf(tenantId: string, member: PoolMember, known: string | undefined) {
  const { sub, username, email, name, hasSecondStep, role, isOperator, createdAt } = member;
  return {
    tenantId,
    sub,
    username,
    email: email ?? known ?? username,
    name: personName(name),
    hasSecondStep,
    role,
    isOperator,
    status: statusOf(member),
    createdAt,
    comesByProvider: comesByProvider(member) ?? false,
    updatedAt: new Date(),
  };
}
