import { z } from "zod";
import { Person } from "../auth/tenancy/person";
import { PageQuery } from "../db/page";
import { operation } from "../operation";
import { rowOperations } from "../row-operations";
import {
  Alert,
  AlertChange,
  AlertComment,
  AlertOutcome,
  AlertPath,
  AlertSummary,
  AlertsChange,
  CommentPath,
  ListAlerts,
  ListAssignees,
  NewAlert,
  NewComment,
  SummariseAlerts,
  WatchAlerts,
} from "./contract";
import { READ_ALERTS, WRITE_ALERTS } from "./permissions";

const tag = "Alerts";
const alerts = rowOperations({
  tag,
  path: "/api/alerts",
  names: ["alert", "alerts"],
  row: Alert,
  rowPath: AlertPath,
  mayRead: READ_ALERTS,
  mayWrite: WRITE_ALERTS,
});

export const listAlerts = alerts.list({
  id: "listAlerts",
  summary: "List the alerts that one may see, newest first",
  query: ListAlerts,
});

export const createAlert = alerts.create({ id: "createAlert", summary: "Raise an alert", body: NewAlert });

export const readAlert = alerts.read({ id: "readAlert", summary: "Read an alert" });

export const changeAlert = alerts.change({
  id: "changeAlert",
  summary: "Acknowledge, resolve, reopen or assign an alert",
  description:
    "Forward only: open, acknowledged, resolved; what is resolved can be opened again. It is assigned to an active member who may write, or to nobody. Saying what already is so changes nothing.",
  body: AlertChange,
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

export const listAssignees = operation({
  method: "GET",
  path: "/api/alerts/assignees",
  id: "listAssignees",
  tag,
  summary: "List to whom alerts can be assigned",
  description:
    "Active members who may write, by name. Of others than the caller only those whose name the caller may know.",
  access: WRITE_ALERTS,
  query: ListAssignees,
  answer: { status: 200, description: "The members.", body: z.array(Person) },
});

export const listComments = operation({
  method: "GET",
  path: "/api/alerts/{id}/comments",
  id: "listComments",
  tag,
  summary: "List the comments on an alert, newest first",
  access: READ_ALERTS,
  params: AlertPath,
  query: PageQuery,
  answer: {
    status: 200,
    description: "A page of comments.",
    body: z.array(AlertComment),
    headers: ["Link"],
  },
});

export const createComment = operation({
  method: "POST",
  path: "/api/alerts/{id}/comments",
  id: "createComment",
  tag,
  summary: "Comment on an alert",
  access: WRITE_ALERTS,
  params: AlertPath,
  body: NewComment,
  headers: ["If-Match", "If-None-Match", "Idempotency-Key"],
  answer: { status: 201, description: "The new comment.", body: AlertComment, headers: ["Location"] },
  errors: ["conflict", "idempotency_key_reused"],
});

export const readComment = operation({
  method: "GET",
  path: "/api/alerts/{id}/comments/{comment}",
  id: "readComment",
  tag,
  summary: "Read a comment on an alert",
  access: READ_ALERTS,
  params: CommentPath,
  answer: { status: 200, description: "The comment.", body: AlertComment },
});

export const removeComment = operation({
  method: "DELETE",
  path: "/api/alerts/{id}/comments/{comment}",
  id: "removeComment",
  tag,
  summary: "Remove a comment on an alert",
  description: "One's own, or as an administrator anyone's.",
  access: WRITE_ALERTS,
  params: CommentPath,
  answer: { status: 204, description: "It is gone." },
});
