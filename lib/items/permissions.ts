import { permission } from "../permission";

export const READ_ITEMS = permission("items:read", "read");
export const WRITE_ITEMS = permission("items:write", "write");
export const DELETE_ANY_ITEM = permission("items:delete-any", "manage");
