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
      description:
        "`action` takes one action (`sign_in.succeeded`) or a group of them (`sign_in`). At most 20,000 entries are looked through for one answer: it may have fewer than `limit` of those that fit, or none, and still a next page.",
      access: READ_AUDIT,
      query,
      answer: { status: 200, description: "A page of events.", body: z.array(AuditEvent), headers: ["Link"] },
    }),
    exportAudit: operation({
      method: "GET",
      path: "/api/audit/export",
      id: "exportAudit",
      tag: "Audit log",
      summary: "Export what was done in the tenant as CSV",
      description:
        "All that fits, newest first, in UTF-8 with a byte order mark. A text that a spreadsheet would take for a formula is put behind an apostrophe.",
      access: READ_AUDIT,
      query: query.omit({ limit: true, cursor: true }),
      answer: { status: 200, description: "The file.", contentType: "text/csv" },
    }),
  };
}
