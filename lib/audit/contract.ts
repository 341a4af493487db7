import { z } from "zod";
import { Day, Moment } from "../db/moment";
import { PageQuery } from "../db/page";
import type { auditEvents } from "../db/schema";
import { storableText } from "../db/text";
import { ROLE_NAMES } from "../roles";

/** The part of an action before the dot: what it concerns. */
export function groupsOf(actions: readonly string[]): string[] {
  return [...new Set(actions.map((action) => action.slice(0, action.indexOf("."))))];
}

/** `begun`: it is under way, or broke off; whether it was carried out is not known. */
export const OUTCOMES = [
  "done",
  "refused",
  "begun",
] as const satisfies (typeof auditEvents.outcome.enumValues)[number][];

const DayOrMoment = z.union([Day, Moment]);

const ListAudit = PageQuery.extend({
  action: z.string().optional().describe("One action, or a group of them."),
  outcome: z.enum(OUTCOMES).optional(),
  actor: storableText(1, 128)
    .optional()
    .describe("The `sub` of who did it, or a part of their e-mail address."),
  subject: storableText(1, 200).optional().describe("The id of what it was done to, or a part of its name."),
  from: DayOrMoment.optional().describe("From this moment on; a date begins in UTC."),
  to: DayOrMoment.optional().describe("Up to this moment; of a date, its end in UTC."),
});

/** @param actions those that the log can be searched for, and by whose groups. */
export function listAuditOf(actions: readonly string[]) {
  return ListAudit.extend({
    action: z
      .enum([...groupsOf(actions), ...actions])
      .optional()
      .describe("One action, or a group of them."),
  });
}

const displayName = z
  .string()
  .nullable()
  .describe("What a member is called now, as they say it; null of others, and of who has not said it.");

export const AuditEvent = z
  .object({
    id: z.uuid(),
    created_at: z.iso.datetime(),
    action: z.string(),
    outcome: z.enum(OUTCOMES),
    actor: z
      .object({
        sub: z.string(),
        name: z.string().nullable().describe("The e-mail address at that time, where it was known."),
        display_name: displayName,
        role: z.enum(ROLE_NAMES).nullable(),
      })
      .nullable()
      .describe("Null when nobody had proven who they are, or for what whoever runs the platform did."),
    subject: z.object({ id: z.string(), label: z.string(), display_name: displayName }).nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    address: z.string().nullable(),
    tenant_id: z.string(),
  })
  .meta({
    id: "AuditEvent",
    examples: [
      {
        id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b54",
        created_at: "2026-11-21T08:30:00.000Z",
        action: "member.invited",
        outcome: "done",
        actor: {
          sub: "4a1d3f60-90e1-70b2-8d5c-6e7f8a9b0c1d",
          name: "alice@acme.example",
          display_name: "Alice Mori",
          role: "admin",
        },
        subject: {
          id: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90",
          label: "zoe@acme.example",
          display_name: "Zoe Ito",
        },
        detail: { role: "viewer" },
        address: "192.0.2.7",
        tenant_id: "acme",
      },
    ],
  });
export type AuditEvent = z.output<typeof AuditEvent>;
export type ListAudit = z.output<typeof ListAudit>;
export type ExportAudit = Omit<ListAudit, "limit" | "cursor">;

type Row = typeof auditEvents.$inferSelect & { actorCalled: string | null; subjectCalled: string | null };

/** A row as the API shows it. */
export function toAuditEvent(row: Row): AuditEvent {
  const { actorSub, actorName, actorRole, actorCalled, subjectId, subjectLabel, subjectCalled } = row;
  const actor = { name: actorName, display_name: actorCalled, role: actorRole };
  return {
    id: row.id,
    created_at: row.createdAt.toISOString(),
    action: row.action,
    outcome: shownOutcome(row.outcome),
    actor: actorSub === null ? null : { sub: actorSub, ...actor },
    subject:
      subjectId === null ? null : { id: subjectId, label: subjectLabel ?? "", display_name: subjectCalled },
    detail: row.detail,
    address: row.address,
    tenant_id: row.tenantId,
  };
}

function shownOutcome(outcome: (typeof auditEvents.outcome.enumValues)[number]) {
  if (outcome === "withdrawn") throw new Error("an entry that nothing came of is not shown");
  return outcome;
}
