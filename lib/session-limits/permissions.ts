import { permission } from "../permission";

export const MANAGE_SESSION_LIMITS = permission("session_limits:manage", "manage");
