import { permission } from "../permission";

export const READ_AUDIT = permission("audit:read", "oversee");
