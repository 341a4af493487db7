import type { listAuditOf } from "./contract";
import { auditOperations } from "./operations";
import { READ_AUDIT } from "./permissions";
import type en from "./words/en.json";

/** @param query knows everything that the other features put on record. */
export function auditOf(query: ReturnType<typeof listAuditOf>) {
  const words = undefined as typeof en | undefined;
  return {
    name: "audit",
    tags: [
      { name: "Audit log", description: "What was done in the tenant, by whom: added to, never changed." },
    ],
    operations: auditOperations(query),
    actions: [],
    home: async (reader: { tenantId: string; principal: { sub: string } }, most: number) =>
      (await import("./home")).homeParts(reader, most),
    ends: async () => (await import("./ends")).ends,
    page: { needs: READ_AUDIT, icon: "record" },
    words,
  } as const;
}
