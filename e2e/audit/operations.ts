import type { CallGround } from "../support/call-each";
import { newMember } from "../support/users";

/** Every operation on the log. */
export async function callEach({ stack, check }: CallGround): Promise<void> {
  const api = await newMember(stack, { groups: ["admin"] });
  check("listAudit", await api.get("/api/audit?limit=1"));
  check("exportAudit", await api.get("/api/audit/export?action=sign_in"));
  check("exportAudit", await api.get("/api/audit/export?action=none"));
}
