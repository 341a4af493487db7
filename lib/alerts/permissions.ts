import { permission } from "../permission";

export const READ_ALERTS = permission("alerts:read", "read");
export const WRITE_ALERTS = permission("alerts:write", "write");
