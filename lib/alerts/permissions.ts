import { permission } from "../permission";

export const READ_ALERTS = permission("alerts:read", "read");
export const WRITE_ALERTS = permission("alerts:write", "write");
export const REMOVE_ANY_COMMENT = permission("alerts:remove-any-comment", "manage");
