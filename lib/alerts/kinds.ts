export const SEVERITIES = ["info", "warning", "critical"] as const;
/** An alert only moves on in this order; from the last it may begin again. */
export const STATUSES = ["open", "acknowledged", "resolved"] as const;
/** What becomes of one of several alerts that are moved on. */
export const OUTCOMES = ["changed", "unchanged", "conflict", "not_found"] as const;
/** Instead of somebody's `sub`: who asks, and that there is nobody. */
export const [ME, NOBODY] = ["me", "nobody"] as const;

export type Severity = (typeof SEVERITIES)[number];
export type Status = (typeof STATUSES)[number];
