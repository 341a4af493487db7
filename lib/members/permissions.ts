import { permission } from "../permission";

export const READ_MEMBERS = permission("members:read", "oversee");
export const MANAGE_MEMBERS = permission("members:manage", "manage");
