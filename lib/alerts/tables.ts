import { getTableColumns, type SQL, sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { NOTICES } from "../auth/sign-in/notices";
import { type Person, personIn } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { endPolicy, erasurePolicy, moment, tenantPolicies } from "../db/columns";
import { memberOf } from "../db/member-of";
import { SEVERITIES, STATUSES } from "./kinds";

/** Nobody has anything left to do about them: those resolved, and what the application told by the way. */
const whereDone = "(status = 'resolved' or notice is not null)";

export const alerts = pgTable(
  "alerts",
  {
    tenantId: text("tenant_id").notNull(),
    id: uuid("id").notNull(),
    title: text("title").notNull(),
    detail: text("detail").notNull(),
    severity: text("severity", { enum: SEVERITIES }).notNull(),
    status: text("status", { enum: STATUSES }).notNull().default("open"),
    source: text("source").notNull(),
    /** What a filter compares with, as `searchKey` has it. */
    sourceKey: text("source_key").generatedAlwaysAs(sql`search_key(source)`),
    /** What the application itself says by it; null for what people and their programs wrote. */
    notice: text("notice", { enum: NOTICES }),
    /** What goes with the notice, for a page to say it in its reader's language. */
    facts: jsonb("facts").$type<Record<string, string>>(),
    /** `self`: for the owner alone to see. `owner` was of new sign-ins, which are no alerts any more. */
    audience: text("audience", { enum: ["tenant", "owner", "self"] })
      .notNull()
      .default("tenant"),
    ownerSub: text("owner_sub").notNull(),
    /** Who moved it there, and when; null where nobody did, or the version before this column. */
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: moment("acknowledged_at"),
    resolvedBy: text("resolved_by"),
    resolvedAt: moment("resolved_at"),
    /** Who is to look after it, who said so, and when; null where nobody is. */
    assigneeSub: text("assignee_sub"),
    assignedBy: text("assigned_by"),
    assignedAt: moment("assigned_at"),
    /** Kept here, so that a list need not count. */
    commentCount: integer("comment_count").notNull().default(0),
    version: integer("version").notNull().default(1),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("alerts_by_creation").on(table.tenantId, table.createdAt, table.id),
    // One for each way the list is narrowed: a filter row by row would read the whole tenant to find the last match.
    index("alerts_by_status").on(table.tenantId, table.status, table.createdAt, table.id),
    index("alerts_by_severity").on(table.tenantId, table.severity, table.createdAt, table.id),
    // With what says who sees a row, so that counting reads the index alone.
    index("alerts_counted").on(
      table.tenantId,
      table.status,
      table.severity,
      table.createdAt,
      table.id,
      table.audience,
      table.ownerSub,
      table.notice,
    ),
    // What everybody sees, for the chart and the open ones: with nothing else in them they are read in half the time.
    index("alerts_of_all_raised")
      .on(table.tenantId, table.severity, table.createdAt)
      .where(sql`audience = 'tenant'`),
    index("alerts_of_all_open")
      .on(table.tenantId, table.severity)
      .where(sql`audience = 'tenant' and status = 'open'`),
    index("alerts_by_source").on(table.tenantId, table.sourceKey, table.createdAt, table.id),
    index("alerts_by_assignee")
      .on(table.tenantId, table.assigneeSub, table.createdAt, table.id)
      .where(sql`assignee_sub is not null`),
    // "is null" is no equality to the planner: over all rows the index would not be in the order of the list.
    index("alerts_of_nobody").on(table.tenantId, table.createdAt, table.id).where(sql`assignee_sub is null`),
    // What changed since a moment: what a live page may have missed.
    index("alerts_by_change").on(table.tenantId, table.updatedAt, table.id),
    // What the application told one person lately.
    index("alerts_by_notice")
      .on(table.tenantId, table.ownerSub, table.createdAt, table.id)
      .where(sql`notice is not null`),
    // What everybody can raise is never a notice, whatever a statement says.
    check(
      "alerts_notice_is_personal",
      sql`(notice is null) = (facts is null) and (notice is null or audience <> 'tenant')`,
    ),
    index("alerts_by_end").on(table.updatedAt).where(sql.raw(whereDone)),
    ...tenantPolicies("alerts"),
    endPolicy("alerts", sql.raw(`${whereDone} and updated_at < now() - interval '30 days'`)),
    erasurePolicy("alerts"),
  ],
);

/** What people wrote about an alert. It goes with its alert. */
export const alertComments = pgTable(
  "alert_comments",
  {
    tenantId: text("tenant_id").notNull(),
    id: uuid("id").notNull(),
    alertId: uuid("alert_id").notNull(),
    text: text("text").notNull(),
    authorSub: text("author_sub").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      columns: [table.tenantId, table.alertId],
      foreignColumns: [alerts.tenantId, alerts.id],
    }).onDelete("cascade"),
    index("alert_comments_by_alert").on(table.tenantId, table.alertId, table.createdAt, table.id),
    ...tenantPolicies("alert_comments"),
  ],
);

/** @param reader who is shown it. */
export const commentFields = (reader: TenantContext) => ({
  ...getTableColumns(alertComments),
  author: personIn(reader, alertComments.authorSub),
});

/** Whether who is to look after it still can: was neither disabled nor removed. */
const assigneeIsActive = ({ tenantId }: TenantContext) => {
  const active = sql`count(case when p.status <> 'disabled' then 1 end) = 1`;
  return sql<boolean>`${alerts.assigneeSub} is not null and ${memberOf(tenantId, alerts.assigneeSub, active)}`;
};

const { sourceKey, ...shown } = getTableColumns(alerts);
/** All but what only a filter compares with, and who had to do with it. @param reader who is shown it. */
export const alertFields = (reader: TenantContext) => ({
  ...shown,
  owner: personIn(reader, alerts.ownerSub),
  acknowledger: personIn(reader, alerts.acknowledgedBy) as SQL<Person | null>,
  resolver: personIn(reader, alerts.resolvedBy) as SQL<Person | null>,
  assignee: personIn(reader, alerts.assigneeSub) as SQL<Person | null>,
  assigner: personIn(reader, alerts.assignedBy) as SQL<Person | null>,
  isAssigneeActive: assigneeIsActive(reader),
});
