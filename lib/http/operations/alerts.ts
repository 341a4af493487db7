import { z } from "zod";
import { Alert, AlertChange, AlertPath, ListAlerts, NewAlert } from "../../alerts/contract";
import { operation } from "../operation";

const tag = "Alerts";

export const listAlerts = operation({
  method: "GET",
  path: "/api/alerts",
  id: "listAlerts",
  tag,
  summary: "List the alerts that one may see, newest first",
  access: "alerts:read",
  query: ListAlerts,
  answer: { status: 200, description: "A page of alerts.", body: z.array(Alert), headers: ["Link"] },
});

export const createAlert = operation({
  method: "POST",
  path: "/api/alerts",
  id: "createAlert",
  tag,
  summary: "Raise an alert",
  access: "alerts:write",
  body: NewAlert,
  headers: ["Idempotency-Key"],
  answer: { status: 201, description: "The new alert.", body: Alert, headers: ["Location"] },
  errors: ["idempotency_key_reused"],
});

export const readAlert = operation({
  method: "GET",
  path: "/api/alerts/{id}",
  id: "readAlert",
  tag,
  summary: "Read an alert",
  access: "alerts:read",
  params: AlertPath,
  answer: { status: 200, description: "The alert.", body: Alert },
});

export const changeAlert = operation({
  method: "PATCH",
  path: "/api/alerts/{id}",
  id: "changeAlert",
  tag,
  summary: "Acknowledge or resolve an alert",
  description: "Forward only: open, acknowledged, resolved. Saying what already is so changes nothing.",
  access: "alerts:write",
  params: AlertPath,
  body: AlertChange,
  answer: { status: 200, description: "The alert as it is now.", body: Alert },
  errors: ["conflict"],
});
