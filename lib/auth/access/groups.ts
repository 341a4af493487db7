import { env } from "../../env";
import { AppError } from "../../errors";
import type { Permission } from "../../permission";
import { GIVEN_ROLES, type GivenRole, may, type Role } from "../../roles";
import type { Principal } from "./principal";

type Groups = Pick<Principal, "groups">;

/**
 * The role inside one's own tenant, from `cognito:groups`: of several the highest. Rights are given by a group and never
 * by the lack of one: groups that were emptied or made anew must leave nobody with more than they had. Whose pool is
 * older than the group `member` says so by `COGNITO_NO_GROUP_ROLE`.
 */
export function roleOf({ groups }: Groups): GivenRole {
  const counted = isOperator({ groups }) ? [...groups, "member"] : groups;
  return GIVEN_ROLES.findLast((role) => counted.includes(role)) ?? env().COGNITO_NO_GROUP_ROLE;
}

/** The group that gives a role; null where its absence does. */
export function groupOf(role: GivenRole): string | null {
  return role === env().COGNITO_NO_GROUP_ROLE && role === "member" ? null : role;
}

/** Whether this is the platform's own staff, who may act in other tenants where `TENANT_STRICT=0`. */
export function isOperator({ groups }: Groups): boolean {
  return groups.includes("operator");
}

/** @throws AppError `forbidden`. */
export function requirePermission(role: Role, permission: Permission): void {
  if (!may(role, permission)) throw new AppError("forbidden");
}
