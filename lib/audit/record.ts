import { sql } from "drizzle-orm";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { auditEvents, members } from "../db/schema";
import { type TenantTransaction, withTenant } from "../db/with-tenant";
import type { Role } from "../roles";

/** What was done: `<what>.<done>`, of those that a feature lists as its own. */
export type AuditAction = `${string}.${string}`;

/** Longer names are cut: the record says what it was about, it does not keep a copy. */
const MAX_LABEL = 200;

/** Whoever a verified token names; their address is null where it does not say it. */
type Actor = { sub: string; email: string | null };

/**
 * Who did something in which tenant, from where; a TenantContext says it all. No principal: nobody had proven who they
 * are, or it was done past the application, by whoever runs the platform.
 */
export type AuditSource = {
  tenantId: string;
  principal: Actor | null;
  role: Role | null;
  address: string | null;
};

/** What was done, to what. `detail` is small and holds nothing secret: no password, token or code. */
export type AuditEvent = {
  action: AuditAction;
  subject?: { id: string; label: string };
  detail?: Record<string, string | number | boolean>;
  /** `begun`: not known to have ended. `withdrawn`: nothing came of what was begun; it is not shown. */
  outcome?: "done" | "refused" | "begun" | "withdrawn";
  /** When it was, for what is put on record later. */
  at?: Date;
};

/**
 * Puts an event on a tenant's record, in the transaction of the change itself: neither is there without the other.
 *
 * @param begun the entry that this one is the end of.
 * @returns the id of the entry.
 */
export async function recordAudit(
  tx: TenantTransaction,
  { tenantId, principal, role, address }: AuditSource,
  event: AuditEvent,
  begun: string | null = null,
): Promise<string> {
  const id = uuidv7();
  await tx.insert(auditEvents).values({
    ...whatOf(event),
    tenantId,
    id,
    begun,
    actorSub: principal?.sub ?? null,
    actorName: principal && nameOf(tenantId, principal),
    actorRole: role,
    address,
    createdAt: event.at ?? new Date(),
  });
  return id;
}

function whatOf({ action, subject, detail = {}, outcome = "done" }: AuditEvent) {
  return {
    action,
    outcome,
    subjectId: subject?.id ?? null,
    subjectLabel: subject?.label.slice(0, MAX_LABEL) ?? null,
    detail,
  };
}

/**
 * Puts events of a past that is told, not lived, on a tenant's record: of the demonstration alone.
 *
 * @param events who did each, and when.
 */
export async function recordPast(
  tx: TenantTransaction,
  tenantId: string,
  events: readonly (AuditEvent & { at: Date; by: { sub: string; email: string; role: Role } | null })[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(auditEvents).values(
    events.map(({ at, by, ...event }) => ({
      ...whatOf(event),
      tenantId,
      id: uuidv7({ msecs: at.getTime() }),
      actorSub: by?.sub ?? null,
      actorName: by?.email ?? null,
      actorRole: by?.role ?? null,
      address: "127.0.0.1",
      createdAt: at,
    })),
  );
}

/** The same for what changes no row of the tenant. @throws AppError `database_unavailable`. */
export async function recordAuditApart(source: AuditSource, event: AuditEvent): Promise<void> {
  await withTenant(source.tenantId, (tx) => recordAudit(tx, source, event));
}

/**
 * An access token does not say the e-mail address. The tenant's directory does or, for an operator who is no member,
 * the record of their entering.
 */
function nameOf(tenantId: string, { sub, email }: Actor) {
  const member = isUuid(sub)
    ? sql`(select ${members.email} from ${members} where ${members.tenantId} = ${tenantId} and ${members.sub} = ${sub})`
    : sql`null`;
  return sql<string | null>`coalesce(${email}::text, ${member}, (
    select e.actor_name from audit_events e
    where e.tenant_id = ${tenantId} and e.actor_sub = ${sub} and e.actor_name is not null
    order by e.created_at desc, e.id desc limit 1))`;
}
