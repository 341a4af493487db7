import { and, desc, eq, sql } from "drizzle-orm";
import { auditEvents } from "../db/schema";
import { readTenant } from "../db/with-tenant";
import { type AuditEvent, toAuditEvent } from "./contract";
import { shownFields } from "./list-audit";

/** What is of one's account stands on its own page. */
const ABOUT_ACCESS = "^(sign_in|sign_out|account|tenant)\\.";

type Reader = { tenantId: string; principal: { sub: string } };

/**
 * What the caller did last in the tenant themselves, the newest first: everybody may know that of themselves.
 *
 * @param limit how many.
 */
export async function ownLastEvents({ tenantId, principal }: Reader, limit: number): Promise<AuditEvent[]> {
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select(shownFields(tenantId))
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.tenantId, tenantId),
          eq(auditEvents.actorSub, principal.sub),
          eq(auditEvents.outcome, "done"),
          sql`${auditEvents.action} !~ ${ABOUT_ACCESS}`,
        ),
      )
      .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
      .limit(limit),
  );
  return rows.map(toAuditEvent);
}

/** What the caller did last, for the start page. */
export async function homeParts(reader: Reader, most: number) {
  const events = await ownLastEvents(reader, most);
  const lines = events.map((event) => ({ id: event.id, event, at: event.created_at }));
  return [{ kind: "work" as const, title: "ownLast", count: lines.length, none: "nothingDone", lines }];
}
