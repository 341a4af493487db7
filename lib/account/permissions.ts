import { permission } from "../permission";

export const READ_TENANT = permission("tenant:read", "read");
