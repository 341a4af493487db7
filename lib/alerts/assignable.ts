import { and, asc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { memberName, type Person } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { members } from "../db/schema";
import { searchKey } from "../db/text";
import { type Reads, readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { GIVEN_ROLES, may } from "../roles";
import type { ListAssignees } from "./contract";
import { ME } from "./kinds";
import { WRITE_ALERTS } from "./permissions";

const whereAssignable = ({ tenantId }: TenantContext) =>
  and(
    eq(members.tenantId, tenantId),
    eq(members.status, "active"),
    inArray(
      members.role,
      GIVEN_ROLES.filter((role) => may(role, WRITE_ALERTS)),
    ),
  );

/**
 * To whom an alert may be assigned: active members who may write, by what they are called, at most `limit`. Of others
 * than the caller only those who are called something: nobody could tell the rest apart.
 */
export async function listAssignees(
  tenant: TenantContext,
  { contains, limit }: ListAssignees,
): Promise<Person[]> {
  const name = memberName(tenant);
  const key = searchKey(name);
  const isCaller = sql`${members.sub}::text = ${tenant.principal.sub}`;
  const has = contains === undefined ? undefined : sql`strpos(${key}, ${searchKey(contains)}) > 0`;
  const rows = await readTenant(tenant.tenantId, (tx) =>
    tx
      .select({ sub: members.sub, name })
      .from(members)
      .where(and(whereAssignable(tenant), or(isNotNull(name), isCaller), has))
      .orderBy(asc(key), asc(members.sub))
      .limit(limit),
  );
  return rows.map((row) => ({ ...row, is_member: true }));
}

/** What somebody is called, whether or not alerts may be assigned to them now. @param sub of anybody. */
export async function personNamed(tenant: TenantContext, sub: string): Promise<Person> {
  const whereNamed = and(eq(members.tenantId, tenant.tenantId), sql`${members.sub}::text = ${sub}`);
  const [row] = await readTenant(tenant.tenantId, (tx) =>
    tx
      .select({ name: memberName(tenant) })
      .from(members)
      .where(whereNamed),
  );
  return { sub, name: row?.name ?? null, is_member: row !== undefined };
}

/**
 * The member to whom an alert is to be assigned, and what the record calls them.
 *
 * @param assignee a `sub`, or `me`.
 * @throws AppError `invalid_request` for anybody else than listAssignees lists, but for those without a name.
 */
export async function requireAssignable(
  tx: Pick<Reads, "select">,
  tenant: TenantContext,
  assignee: string,
): Promise<{ sub: string; label: string }> {
  const sub = assignee === ME ? tenant.principal.sub : assignee;
  const [row] = await tx
    .select({ sub: members.sub, label: sql<string>`coalesce(${members.name}, ${members.email})` })
    .from(members)
    .where(and(whereAssignable(tenant), sql`${members.sub}::text = ${sub}`));
  if (row) return row;
  const fields = [fieldError("assignee", "not_listed", "is not an active member who may write")];
  throw new AppError("invalid_request", { fields });
}
