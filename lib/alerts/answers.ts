import { NOTICES } from "../auth/sign-in/notices";
import { personShape } from "../auth/tenancy/person-shape";
import { arrayOf, boolean, nullable, number, objectOf, oneOf, recordOf, text } from "../shape";
import type { Alert, AlertOutcome, AlertSummary } from "./contract";
import { OUTCOMES, SEVERITIES, STATUSES } from "./kinds";

const moveShape = nullable(objectOf({ by: personShape, at: text }));

/** As a page reads it. */
export const alertShape = objectOf<Alert>({
  id: text,
  title: text,
  detail: text,
  severity: oneOf(SEVERITIES),
  status: oneOf(STATUSES),
  source: text,
  notice: nullable(oneOf(NOTICES)),
  facts: nullable(recordOf(text)),
  tenant_id: text,
  owner_sub: text,
  owner: personShape,
  acknowledged: moveShape,
  resolved: moveShape,
  assigned: nullable(objectOf({ to: personShape, is_active: boolean, by: personShape, at: text })),
  comment_count: number,
  version: number,
  created_at: text,
  updated_at: text,
});

export const alertOutcomeShape = objectOf<AlertOutcome>({
  id: text,
  outcome: oneOf(OUTCOMES),
  alert: nullable(alertShape),
});

const counts = { info: number, warning: number, critical: number };
export const alertSummaryShape = objectOf<AlertSummary>({
  time_zone: text,
  open: objectOf(counts),
  days: arrayOf(objectOf({ ...counts, date: text })),
});
