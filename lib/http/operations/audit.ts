import { z } from "zod";
import { AuditEvent, ListAudit } from "../../audit/contract";
import { operation } from "../operation";

export const listAudit = operation({
  method: "GET",
  path: "/api/audit",
  id: "listAudit",
  tag: "Audit log",
  summary: "List what was done in the tenant, newest first",
  description: "`action` takes one action (`item.created`) or a group of them (`item`).",
  access: "audit:read",
  query: ListAudit,
  answer: { status: 200, description: "A page of events.", body: z.array(AuditEvent), headers: ["Link"] },
});
