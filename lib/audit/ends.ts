import { auditEvents } from "../db/schema";
import type { TableEnd } from "../db/table-end";

export const ends: readonly TableEnd[] = [
  {
    table: auditEvents,
    by: "setting",
    when: "kept; with `RETENTION_DAYS=audit_events=…` after so many days, 90 at the least",
    moment: "created_at",
    days: { least: 90, otherwise: null },
  },
];
