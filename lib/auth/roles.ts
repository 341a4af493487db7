import { AppError } from "../errors";
import type { Principal } from "./principal";

const READ = ["items:read", "alerts:read"] as const;
const WRITE = ["items:write", "alerts:write"] as const;
const MANAGE = ["items:delete-any", "alerts:read-any"] as const;

export type Permission = (typeof READ | typeof WRITE | typeof MANAGE)[number];
export type Role = "viewer" | "member" | "admin";

const PERMISSIONS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(READ),
  member: new Set([...READ, ...WRITE]),
  admin: new Set([...READ, ...WRITE, ...MANAGE]),
};

/** The role inside the tenant, from `cognito:groups`; a user in no group of ours is a member. */
export function roleOf({ groups }: Principal): Role {
  if (groups.includes("admin")) return "admin";
  return groups.includes("viewer") ? "viewer" : "member";
}

export function may(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].has(permission);
}

/** @throws AppError `forbidden`. */
export function requirePermission(role: Role, permission: Permission): void {
  if (!may(role, permission)) throw new AppError("forbidden");
}
