import { z } from "zod";
import { operation } from "../operation";
import { AuditEvent, type listAuditOf } from "./contract";
import { READ_AUDIT } from "./permissions";

/** @param query knows what the log can be searched for. */
export function auditOperations(query: ReturnType<typeof listAuditOf>) {
  return {
    listAudit: operation({
      method: "GET",
      path: "/api/audit",
      id: "listAudit",
      tag: "Audit log",
      summary: "List what was done in the tenant, newest first",
      description: "`action` takes one action (`sign_in.succeeded`) or a group of them (`sign_in`).",
      access: READ_AUDIT,
      query,
      answer: { status: 200, description: "A page of events.", body: z.array(AuditEvent), headers: ["Link"] },
    }),
  };
}
