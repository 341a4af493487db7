import { z } from "zod";
import { operation } from "../operation";
import {
  Alert,
  AlertChange,
  AlertOutcome,
  AlertPath,
  AlertSummary,
  AlertsChange,
  ListAlerts,
  NewAlert,
  SummariseAlerts,
  WatchAlerts,
} from "./contract";
import { READ_ALERTS, WRITE_ALERTS } from "./permissions";

const tag = "Alerts";

export const listAlerts = operation({
  method: "GET",
  path: "/api/alerts",
  id: "listAlerts",
  tag,
  summary: "List the alerts that one may see, newest first",
  access: READ_ALERTS,
  query: ListAlerts,
  answer: { status: 200, description: "A page of alerts.", body: z.array(Alert), headers: ["Link"] },
});

export const createAlert = operation({
  method: "POST",
  path: "/api/alerts",
  id: "createAlert",
  tag,
  summary: "Raise an alert",
  access: WRITE_ALERTS,
  body: NewAlert,
  headers: ["If-Match", "If-None-Match", "Idempotency-Key"],
  answer: { status: 201, description: "The new alert.", body: Alert, headers: ["Location"] },
  errors: ["idempotency_key_reused"],
});

export const readAlert = operation({
  method: "GET",
  path: "/api/alerts/{id}",
  id: "readAlert",
  tag,
  summary: "Read an alert",
  access: READ_ALERTS,
  params: AlertPath,
  answer: { status: 200, description: "The alert.", body: Alert },
});

export const changeAlert = operation({
  method: "PATCH",
  path: "/api/alerts/{id}",
  id: "changeAlert",
  tag,
  summary: "Acknowledge, resolve or reopen an alert",
  description:
    "Forward only: open, acknowledged, resolved; what is resolved can be opened again. Saying what already is so changes nothing.",
  access: WRITE_ALERTS,
  params: AlertPath,
  body: AlertChange,
  answer: { status: 200, description: "The alert as it is now.", body: Alert },
  errors: ["conflict"],
});

export const changeAlerts = operation({
  method: "POST",
  path: "/api/alerts/status",
  id: "changeAlerts",
  tag,
  summary: "Acknowledge, resolve or reopen several alerts",
  description:
    "All in one transaction. One that cannot be moved keeps none of the others back; the answer says of each what became of it, in the order of the request.",
  access: WRITE_ALERTS,
  body: AlertsChange,
  answer: { status: 200, description: "What became of each.", body: z.array(AlertOutcome) },
});

export const summariseAlerts = operation({
  method: "GET",
  path: "/api/alerts/summary",
  id: "summariseAlerts",
  tag,
  summary: "Count the alerts that one may see",
  description: "The open ones, and those raised on each of the last 14 days, by severity.",
  access: READ_ALERTS,
  isUnattended: true,
  query: SummariseAlerts,
  answer: { status: 200, description: "The counts.", body: AlertSummary },
});

export const watchAlerts = operation({
  method: "GET",
  path: "/api/alerts/stream",
  id: "watchAlerts",
  tag,
  summary: "Watch alerts as they change",
  description: `Server-sent events, for as long as the caller may read alerts and at most ten minutes; then ask again with the last \`id\`.

- \`alerts\`: an array of alerts, as they are now. The \`id\` of the event says until when nothing was missed.
- \`reset\`: more has changed than can be told; list the alerts anew.
- \`live\`: \`{"live": true}\`, or false while changes cannot be told; they are afterwards.
- \`end\`: \`{"code": null, "reason": "lasted"}\` after ten minutes, \`"stopping"\` when this server stops: ask again at once. Otherwise \`"refused"\` and the code of the refusal. Nothing follows it.

An alert may come twice. A comment comes at least every 20 seconds.`,
  access: READ_ALERTS,
  isUnattended: true,
  query: WatchAlerts,
  headers: ["Last-Event-ID"],
  answer: { status: 200, description: "The events.", contentType: "text/event-stream" },
  errors: ["rate_limited"],
});
