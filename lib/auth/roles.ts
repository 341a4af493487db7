import { env } from "../env";
import { AppError } from "../errors";
import type { Principal } from "./principal";

const READ = ["items:read", "alerts:read"] as const;
const WRITE = ["items:write", "alerts:write"] as const;
const OVERSEE = ["alerts:read-any", "members:read", "audit:read"] as const;
const MANAGE = ["items:delete-any", "members:manage"] as const;

export type Permission = (typeof READ | typeof WRITE | typeof OVERSEE | typeof MANAGE)[number];
export type Role = "viewer" | "member" | "admin" | "operator";

const PERMISSIONS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(READ),
  member: new Set([...READ, ...WRITE]),
  admin: new Set([...READ, ...WRITE, ...OVERSEE, ...MANAGE]),
  // Helps and looks; who belongs to a tenant, its own administrators decide.
  operator: new Set([...READ, ...WRITE, ...OVERSEE]),
};

/**
 * The role inside one's own tenant, from `cognito:groups`: of several the highest. Rights are given by a group and never
 * by the lack of one: groups that were emptied or made anew must leave nobody with more than they had. Whose pool is
 * older than the group `member` says so by `COGNITO_NO_GROUP_ROLE`.
 */
export function roleOf({ groups }: Pick<Principal, "groups">): Exclude<Role, "operator"> {
  if (groups.includes("admin")) return "admin";
  if (groups.includes("member") || groups.includes("operator")) return "member";
  return groups.includes("viewer") ? "viewer" : env().COGNITO_NO_GROUP_ROLE;
}

/** The groups that give the roles inside a tenant, strongest first. */
export const ROLE_GROUPS = ["admin", "member", "viewer"] as const;

/** The group that gives a role; null where its absence does. */
export function groupOf(role: (typeof ROLE_GROUPS)[number]): string | null {
  return role === env().COGNITO_NO_GROUP_ROLE && role === "member" ? null : role;
}

/** Whether this is the platform's own staff, who may act in other tenants where `TENANT_STRICT=0`. */
export function isOperator({ groups }: Pick<Principal, "groups">): boolean {
  return groups.includes("operator");
}

export function may(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].has(permission);
}

/** The roles that carry a permission. */
export function rolesWith(permission: Permission): Role[] {
  return (Object.keys(PERMISSIONS) as Role[]).filter((role) => may(role, permission));
}

/** @throws AppError `forbidden`. */
export function requirePermission(role: Role, permission: Permission): void {
  if (!may(role, permission)) throw new AppError("forbidden");
}
