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

/** The role inside one's own tenant, from `cognito:groups`; a user in none of these groups is a member. */
export function roleOf({ groups }: Pick<Principal, "groups">): Exclude<Role, "operator"> {
  if (groups.includes("admin")) return "admin";
  return groups.includes("viewer") ? "viewer" : "member";
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
