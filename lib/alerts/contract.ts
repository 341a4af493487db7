import { z } from "zod";
import { NOTICES } from "../auth/sign-in/notices";
import { Person } from "../auth/tenancy/person";
import { Day, Moment } from "../db/moment";
import { PageQuery } from "../db/page";
import { nameText, storableText } from "../db/text";
import { Zone } from "../db/zone";
import { fault } from "../field-error";
import { ME, OUTCOMES, SEVERITIES, STATUSES } from "./kinds";
import { readsAsOwnSource } from "./own-source";
import type { alertComments, alerts } from "./tables";

export const AlertPath = z.object({ id: z.uuid() });
export const CommentPath = AlertPath.extend({ comment: z.uuid() });
export const ListAlerts = PageQuery.extend({
  status: z.enum(STATUSES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  raised_since: z.union([Day, Moment]).optional().describe("Only those raised since; a date begins in UTC."),
  source: storableText(1, 100)
    .optional()
    .describe("Only those of this source; forms and cases of a letter are alike."),
  assignee: storableText(1, 128)
    .optional()
    .describe("Only those that are assigned to this member: a `sub`, `me`, or `nobody`."),
});
export const ListAssignees = z.strictObject({
  contains: storableText(1, 100).optional().describe("Only those with this in what they are called."),
  limit: z.coerce.number().int().min(1).max(200).default(200).describe("How many to answer at most."),
});
/** How many days the summary looks back, today included. */
export const SUMMARY_DAYS = 14;
export const SummariseAlerts = z.strictObject({
  zone: Zone.default("UTC").describe("Whose days they are: an IANA time zone, such as Asia/Tokyo."),
});
export const WatchAlerts = z.strictObject({
  since: Moment.optional().describe(
    "Begins with what changed since then. The header `Last-Event-ID` says it too, and counts more.",
  ),
});
export const NewAlert = z
  .strictObject({
    title: nameText(200),
    detail: storableText(0, 2_000).default(""),
    severity: z.enum(SEVERITIES).default("info"),
    source: nameText(100)
      .refine((source) => !readsAsOwnSource(source), fault("reserved"))
      .default("manual")
      .describe("Who or what raises it. The application's own sources are refused, however they are spelt."),
  })
  .meta({
    id: "NewAlert",
    examples: [{ title: "Smoke at the gate", severity: "critical", source: "sensor-7" }],
  });
export const AlertChange = z
  .strictObject({
    status: z.enum(STATUSES),
    assignee: z
      .union([z.literal(ME), z.uuid()])
      .nullable()
      .describe(
        "Who is to look after it: the `sub` of an active member who may write, or `me`; null for nobody.",
      ),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, fault("nothing_to_change"))
  .meta({ id: "AlertChange", minProperties: 1, examples: [{ status: "acknowledged" }, { assignee: ME }] });
export const AlertsChange = z
  .strictObject({
    ids: z
      .array(z.uuid())
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, fault("repeated", "must name each alert once")),
    status: z.enum(STATUSES),
  })
  .meta({
    id: "AlertsChange",
    examples: [{ ids: ["01980a3c-5d2e-7b41-9f60-3c8e1d7a2b55"], status: "resolved" }],
  });

export const NewComment = z
  .strictObject({
    text: nameText(2_000),
  })
  .meta({ id: "NewComment", examples: [{ text: "Only the lamp, it is refilled" }] });

export const AlertComment = z
  .object({
    id: z.uuid(),
    alert_id: z.uuid(),
    text: z.string(),
    tenant_id: z.string(),
    author_sub: z.string(),
    author: Person,
    created_at: z.iso.datetime(),
  })
  .meta({
    id: "AlertComment",
    examples: [
      {
        id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b56",
        alert_id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b55",
        text: "Only the lamp, it is refilled",
        tenant_id: "acme",
        author_sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90",
        author: { sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90", name: "Yuki Tanaka", is_member: true },
        created_at: "2026-11-21T08:34:00.000Z",
      },
    ],
  });

const Move = z.object({ by: Person, at: z.iso.datetime() }).nullable();

export const Alert = z
  .object({
    id: z.uuid(),
    title: z.string(),
    detail: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(STATUSES),
    source: z.string(),
    notice: z
      .enum(NOTICES)
      .nullable()
      .describe("What the application itself says by it, to its owner; null for what a caller raised."),
    facts: z
      .record(z.string(), z.string())
      .nullable()
      .describe("What goes with the notice: `address`, `user_agent`, …; null without one."),
    tenant_id: z.string(),
    owner_sub: z.string(),
    owner: Person.describe("Who raised it; of a notice, whom it is about."),
    acknowledged: Move.describe("Who acknowledged it, and when; null while that is not so, or not known."),
    resolved: Move.describe("Who resolved it, and when; null while that is not so, or not known."),
    assigned: z
      .object({
        to: Person,
        is_active: z.boolean().describe("False of a member who was disabled or removed since."),
        by: Person,
        at: z.iso.datetime(),
      })
      .nullable()
      .describe("Who is to look after it, and who said so; null where nobody is."),
    comment_count: z.int().min(0),
    version: z.int().positive().describe("Counts the changes; the alert's ETag begins with it."),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({
    id: "Alert",
    examples: [
      {
        id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b55",
        title: "Smoke at the gate",
        detail: "",
        severity: "critical",
        status: "open",
        source: "sensor-7",
        notice: null,
        facts: null,
        tenant_id: "acme",
        owner_sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90",
        owner: { sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90", name: "Yuki Tanaka", is_member: true },
        acknowledged: null,
        resolved: null,
        assigned: null,
        comment_count: 0,
        version: 1,
        created_at: "2026-11-21T08:30:00.000Z",
        updated_at: "2026-11-21T08:30:00.000Z",
      },
    ],
  });

/** What became of one of several alerts. */
export const AlertOutcome = z
  .object({
    id: z.uuid(),
    outcome: z
      .enum(OUTCOMES)
      .describe(
        "`unchanged`: it was so already; `conflict`: an alert does not go back, except from resolved to open.",
      ),
    alert: Alert.nullable().describe("As it is now; null when it was not found."),
  })
  .meta({
    id: "AlertOutcome",
    examples: [{ id: "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b55", outcome: "not_found", alert: null }],
  });

const Counts = z.object(
  Object.fromEntries(SEVERITIES.map((each) => [each, z.int().min(0)])) as Record<
    (typeof SEVERITIES)[number],
    z.ZodInt
  >,
);
export const AlertSummary = z
  .object({
    time_zone: z.string(),
    open: Counts.describe("How many are open, of any age."),
    days: z
      .array(Counts.extend({ date: z.iso.date() }))
      .describe(`How many were raised on each of the last ${SUMMARY_DAYS} days, the oldest first.`),
  })
  .meta({
    id: "AlertSummary",
    examples: [
      {
        time_zone: "Asia/Tokyo",
        open: { info: 4, warning: 2, critical: 1 },
        days: [{ date: "2026-11-21", info: 1, warning: 0, critical: 2 }],
      },
    ],
  });
export type Alert = z.output<typeof Alert>;
export type AlertChange = z.output<typeof AlertChange>;
export type AlertComment = z.output<typeof AlertComment>;
export type NewComment = z.output<typeof NewComment>;
export type ListAssignees = z.output<typeof ListAssignees>;
export type AlertOutcome = z.output<typeof AlertOutcome>;
export type AlertSummary = z.output<typeof AlertSummary>;
export type NewAlert = z.output<typeof NewAlert>;
export type ListAlerts = z.output<typeof ListAlerts>;

type Row = Omit<typeof alerts.$inferSelect, "sourceKey">;
type People = {
  owner: Person;
  acknowledger: Person | null;
  resolver: Person | null;
  assignee: Person | null;
  assigner: Person | null;
  isAssigneeActive: boolean;
};

/** A row as the API shows it. */
export function toAlert(row: Row & People): Alert {
  return {
    ...toOwnAlert(row),
    owner: row.owner,
    acknowledged: moved(row.acknowledger, row.acknowledgedAt),
    resolved: moved(row.resolver, row.resolvedAt),
    assigned: assigned(row),
  };
}

function assigned({ assignee, assigner, assignedAt, isAssigneeActive }: Row & People): Alert["assigned"] {
  const move = moved(assigner, assignedAt);
  return assignee && move && { to: assignee, is_active: isAssigneeActive, ...move };
}

/** The same without who had to do with it. */
export function toOwnAlert(row: Row): Omit<Alert, "owner" | "acknowledged" | "resolved" | "assigned"> {
  return {
    id: row.id,
    title: row.title,
    detail: row.detail,
    severity: row.severity,
    status: row.status,
    source: row.source,
    notice: row.notice,
    facts: row.facts,
    tenant_id: row.tenantId,
    owner_sub: row.ownerSub,
    comment_count: row.commentCount,
    version: row.version,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

function moved(by: Person | null, at: Date | null): Alert["resolved"] {
  return by && at && { by, at: at.toISOString() };
}

/** The same of a comment. */
export function toComment(row: typeof alertComments.$inferSelect & { author: Person }): AlertComment {
  return { ...toOwnComment(row), author: row.author };
}

/** The same without who wrote it, who may change their name. */
export function toOwnComment(row: typeof alertComments.$inferSelect): Omit<AlertComment, "author"> {
  return {
    id: row.id,
    alert_id: row.alertId,
    text: row.text,
    tenant_id: row.tenantId,
    author_sub: row.authorSub,
    created_at: row.createdAt.toISOString(),
  };
}
