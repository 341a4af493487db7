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
export const NewAlert = z
  .strictObject({
    title: storableText(1, 200),
    detail: storableText(0, 2_000).default(""),
    severity: z.enum(SEVERITIES).default("info"),
    source: storableText(1, 100).default("manual"),
  })
  .meta({
    id: "NewAlert",
    examples: [{ title: "Smoke at the gate", severity: "critical", source: "sensor-7" }],
  });
export const AlertChange = z
  .strictObject({ status: z.enum(STATUSES) })
  .meta({ id: "AlertChange", examples: [{ status: "acknowledged" }] });

export const Alert = z
  .object({
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
        tenant_id: "acme",
        owner_sub: "b7d4ca28-50f1-70c5-9c3e-2f6d1a5e8b90",
        created_at: "2026-11-21T08:30:00.000Z",
        updated_at: "2026-11-21T08:30:00.000Z",
      },
    ],
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
