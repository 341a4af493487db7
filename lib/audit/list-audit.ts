import { and, desc, eq, getTableColumns, gte, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { encodeCursor } from "../db/cursor";
import { memberOf } from "../db/member-of";
import { afterCursor, type Page, toPage } from "../db/page";
import { auditEvents } from "../db/schema";
import { keyOf, searchKey } from "../db/text";
import { readTenant } from "../db/with-tenant";
import { type AuditEvent, type ListAudit, toAuditEvent } from "./contract";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The most entries that are looked through for one page of those that fit: no index has all that one may ask for. */
const LOOKED_THROUGH = 20_000;

/**
 * What was done in the tenant, newest first, filtered where asked. A page of those that fit may have fewer entries than
 * `limit`, or none, and still a next one, which goes on where this one stopped to look.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant.
 */
export async function listAudit(
  { tenantId }: { tenantId: string },
  query: ListAudit,
  { lookedThrough = LOOKED_THROUGH } = {},
): Promise<Page<AuditEvent>> {
  const { limit, cursor } = query;
  const after = afterCursor(auditEvents, cursor, tenantId, "audit");
  const newestFirst = [desc(auditEvents.createdAt), desc(auditEvents.id)];
  const whereWithin = and(eq(auditEvents.tenantId, tenantId), ...timesOf(query), after);
  const filters = filtersOf(query).filter((each) => each !== undefined);
  const [rows, [stopped]] = await readTenant(tenantId, (tx) => {
    // Under the name of the table, for the conditions to be of either.
    const looked = tx
      .select()
      .from(auditEvents)
      .where(whereWithin)
      .orderBy(...newestFirst)
      .limit(lookedThrough)
      .as("audit_events");
    const page = tx
      .select(shownFields(tenantId))
      .from(filters.length === 0 ? auditEvents : looked)
      .where(and(whereShown(), ...(filters.length === 0 ? [whereWithin] : filters)))
      .orderBy(...newestFirst)
      .limit(limit + 1);
    const last = tx
      .select({ createdAt: auditEvents.createdAt, id: auditEvents.id })
      .from(auditEvents)
      .where(whereWithin)
      .orderBy(...newestFirst)
      .offset(lookedThrough - 1)
      .limit(1);
    return Promise.all([page, filters.length === 0 ? [] : last]);
  });
  const page = toPage(rows, limit, tenantId, "audit");
  const next = page.next ?? (stopped ? encodeCursor(stopped, tenantId, "audit") : null);
  return { rows: page.rows.map(toAuditEvent), next };
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

function filtersOf({ action, outcome, actor, subject }: ListAudit): (SQL | undefined)[] {
  const { actorSub, actorName, subjectId, subjectLabel } = auditEvents;
  const holds = (column: typeof actorName | typeof subjectLabel, text: string) =>
    sql`strpos(${keyOf(column)}, ${searchKey(text)}) > 0`;
  return [
    action === undefined ? undefined : ofAction(action),
    outcome && eq(auditEvents.outcome, outcome),
    actor === undefined ? undefined : or(eq(actorSub, actor), holds(actorName, actor)),
    subject === undefined ? undefined : or(eq(subjectId, subject), holds(subjectLabel, subject)),
  ];

  function ofAction(action: string): SQL {
    return action.includes(".")
      ? eq(auditEvents.action, action)
      : sql`${auditEvents.action} ^@ ${`${action}.`}`;
  }
}

function timesOf({ from, to }: ListAudit): (SQL | undefined)[] {
  const { createdAt } = auditEvents;
  return [
    from === undefined ? undefined : gte(createdAt, new Date(from)),
    to === undefined ? undefined : until(to),
  ];

  function until(moment: string): SQL {
    const isDate = !moment.includes("T");
    return isDate ? lt(createdAt, new Date(Date.parse(moment) + DAY_MS)) : lte(createdAt, new Date(moment));
  }
}
