import { z } from "zod";
import { AUDIT_ACTIONS } from "../auth/audit";
import { PageQuery } from "../db/page";
import { auditEvents } from "../db/schema";
import { storableText } from "../db/text";

/** The part of an action before the dot: what it concerns. */
export const AUDIT_GROUPS = ["sign_in", "sign_out", "account", "tenant", "item", "alert", "member"] as const;
export const OUTCOMES = auditEvents.outcome.enumValues;

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const ListAudit = PageQuery.extend({
  /** One action, or a group of them. */
  action: z.enum([...AUDIT_GROUPS, ...AUDIT_ACTIONS]).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  /** The `sub` of who did it, or a part of their e-mail address. */
  actor: storableText(1, 128).optional(),
  /** The id of what it was done to, or a part of its name. */
  subject: storableText(1, 200).optional(),
  /** From this moment on; a date begins in UTC. */
  from: Moment.optional(),
  /** Up to this moment; of a date, its end in UTC. */
  to: Moment.optional(),
});

export const AuditEvent = z.object({
  id: z.uuid(),
  created_at: z.iso.datetime(),
  action: z.string(),
  outcome: z.enum(OUTCOMES),
  /** Null when nobody had proven who they are. The name is the e-mail address of that time, where it was known. */
  actor: z
    .object({
      sub: z.string(),
      name: z.string().nullable(),
      role: z.enum(auditEvents.actorRole.enumValues).nullable(),
    })
    .nullable(),
  subject: z.object({ id: z.string(), label: z.string() }).nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  address: z.string().nullable(),
  tenant_id: z.string(),
});
export type AuditEvent = z.output<typeof AuditEvent>;
export type ListAudit = z.output<typeof ListAudit>;

/** A row as the API shows it. */
export function toAuditEvent(row: typeof auditEvents.$inferSelect): AuditEvent {
  const { actorSub, actorName, actorRole, subjectId, subjectLabel } = row;
  return {
    id: row.id,
    created_at: row.createdAt.toISOString(),
    action: row.action,
    outcome: row.outcome,
    actor: actorSub === null ? null : { sub: actorSub, name: actorName, role: actorRole },
    subject: subjectId === null ? null : { id: subjectId, label: subjectLabel ?? "" },
    detail: row.detail,
    address: row.address,
    tenant_id: row.tenantId,
  };
}
