import { and, desc, eq, getTableColumns, gte, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { memberOf } from "../db/member-of";
import { afterCursor, type Page, toPage } from "../db/page";
import { auditEvents } from "../db/schema";
import { keyOf, searchKey } from "../db/text";
import { readTenant } from "../db/with-tenant";
import { type AuditEvent, type ListAudit, toAuditEvent } from "./contract";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What was done in the tenant, newest first, filtered where asked.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant.
 */
export async function listAudit(
  { tenantId }: { tenantId: string },
  query: ListAudit,
): Promise<Page<AuditEvent>> {
  const { limit, cursor } = query;
  const after = afterCursor(auditEvents, cursor, tenantId, "audit");
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select(shownFields(tenantId))
      .from(auditEvents)
      .where(and(eq(auditEvents.tenantId, tenantId), whereShown(), ...filtersOf(query), after))
      .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
      .limit(limit + 1),
  );
  const page = toPage(rows, limit, tenantId, "audit");
  return { rows: page.rows.map(toAuditEvent), next: page.next };
}

/** What was done to one thing, newest first, at most `limit`: by its id, which an index has. */
export async function historyOf(
  { tenantId }: { tenantId: string },
  subjectId: string,
  limit: number,
): Promise<AuditEvent[]> {
  const whereSubject = and(eq(auditEvents.tenantId, tenantId), eq(auditEvents.subjectId, subjectId));
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select(shownFields(tenantId))
      .from(auditEvents)
      .where(and(whereSubject, whereShown()))
      .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
      .limit(limit),
  );
  return rows.map(toAuditEvent);
}

/** All that an entry is shown with. */
export function shownFields(tenantId: string) {
  return {
    ...getTableColumns(auditEvents),
    actorCalled: called(tenantId, auditEvents.actorSub),
    subjectCalled: called(tenantId, auditEvents.subjectId),
  };
}

/** What a member is called now. Whoever reads the log sees the list of members, too. */
function called(tenantId: string, sub: PgColumn): SQL<string | null> {
  return memberOf(tenantId, sub, sql`max(p.name)`) as SQL<string | null>;
}

/** Without what nothing came of, and what has an entry of its end. */
function whereShown(): SQL {
  const { tenantId, id, outcome } = auditEvents;
  const whereEnded = sql`exists (select from audit_events later where later.tenant_id = ${tenantId} and later.begun = ${id})`;
  return sql`(${outcome} <> 'withdrawn' and (${outcome} <> 'begun' or not ${whereEnded}))`;
}

function filtersOf({ action, outcome, actor, subject, from, to }: ListAudit): (SQL | undefined)[] {
  const { actorSub, actorName, subjectId, subjectLabel, createdAt } = auditEvents;
  const holds = (column: typeof actorName | typeof subjectLabel, text: string) =>
    sql`strpos(${keyOf(column)}, ${searchKey(text)}) > 0`;
  return [
    action === undefined ? undefined : ofAction(action),
    outcome && eq(auditEvents.outcome, outcome),
    actor === undefined ? undefined : or(eq(actorSub, actor), holds(actorName, actor)),
    subject === undefined ? undefined : or(eq(subjectId, subject), holds(subjectLabel, subject)),
    from === undefined ? undefined : gte(createdAt, new Date(from)),
    to === undefined ? undefined : until(to),
  ];

  function ofAction(action: string): SQL {
    return action.includes(".")
      ? eq(auditEvents.action, action)
      : sql`${auditEvents.action} ^@ ${`${action}.`}`;
  }

  function until(moment: string): SQL {
    const isDate = !moment.includes("T");
    return isDate ? lt(createdAt, new Date(Date.parse(moment) + DAY_MS)) : lte(createdAt, new Date(moment));
  }
}
