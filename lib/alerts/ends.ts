import type { TableEnd } from "../db/table-end";
import { alertComments, alerts } from "./tables";

export const ends: readonly TableEnd[] = [
  { table: alertComments, by: "use", when: "when somebody removes it, and with its alert" },
  {
    table: alerts,
    by: "setting",
    when: "resolved, or the application's own: after `RETENTION_DAYS=alerts=…` days, a year unless said, 30 at the least",
    moment: "updated_at",
    days: { least: 30, otherwise: 365 },
  },
];
