import { z } from "zod";
import { PageQuery } from "../db/page";
import { alerts } from "../db/schema";
import { storableText } from "../db/text";

export const SEVERITIES = alerts.severity.enumValues;
export const STATUSES = alerts.status.enumValues;

export const AlertPath = z.object({ id: z.uuid() });
export const ListAlerts = PageQuery.extend({
  status: z.enum(STATUSES).optional(),
  severity: z.enum(SEVERITIES).optional(),
});
export const NewAlert = z.strictObject({
  title: storableText(1, 200),
  detail: storableText(0, 2_000).default(""),
  severity: z.enum(SEVERITIES).default("info"),
  source: storableText(1, 100).default("manual"),
});
export const AlertChange = z.strictObject({ status: z.enum(STATUSES) });

export const Alert = z.object({
  id: z.uuid(),
  title: z.string(),
  detail: z.string(),
  severity: z.enum(SEVERITIES),
  status: z.enum(STATUSES),
  source: z.string(),
  tenant_id: z.string(),
  owner_sub: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type Alert = z.output<typeof Alert>;
export type Status = Alert["status"];
export type NewAlert = z.output<typeof NewAlert>;
export type ListAlerts = z.output<typeof ListAlerts>;

/** A row as the API shows it. */
export function toAlert(row: typeof alerts.$inferSelect): Alert {
  return {
    id: row.id,
    title: row.title,
    detail: row.detail,
    severity: row.severity,
    status: row.status,
    source: row.source,
    tenant_id: row.tenantId,
    owner_sub: row.ownerSub,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
