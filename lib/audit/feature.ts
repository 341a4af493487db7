import type { Feature } from "../feature";
import type { listAuditOf } from "./contract";
import { auditOperations } from "./operations";
import { READ_AUDIT } from "./permissions";
import en from "./words/en.json" with { type: "json" };
import ja from "./words/ja.json" with { type: "json" };

/** @param query knows everything that the other features put on record. */
export function auditOf(query: ReturnType<typeof listAuditOf>) {
  return {
    name: "audit",
    tags: [
      { name: "Audit log", description: "What was done in the tenant, by whom: added to, never changed." },
    ],
    operations: auditOperations(query),
    actions: [],
    page: { needs: READ_AUDIT },
    words: { en, ja },
  } as const satisfies Feature;
}
