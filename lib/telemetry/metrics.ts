/**
 * Everything that is measured, by its OpenTelemetry name. Each attribute has few values, and none that is about one
 * person or one tenant: those are in the log and in the traces.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/ for the names that are not ours.
 */
export const METRICS = {
  "http.server.request.duration": {
    kind: "duration",
    description: "Requests by method, route, status and, where they were refused, the code (error.type).",
  },
  "sekisho.call.duration": {
    kind: "duration",
    description:
      "Calls to cognito, database and jwks (peer), by operation and, where they failed, error.type.",
  },
  "sekisho.sign_ins": {
    kind: "counter",
    description:
      "Ends of signing in, by way (form, passkey, hosted_ui, api) and outcome: signed_in, or the code of the refusal.",
  },
  "sekisho.challenges": {
    kind: "counter",
    description: "Further steps that a sign-in was asked for, by way and Cognito's name of the challenge.",
  },
  "sekisho.refreshes": {
    kind: "counter",
    description:
      "Access tokens asked for with a refresh token, by outcome: renewed, or the code of the refusal.",
  },
  "sekisho.limits_hit": { kind: "counter", description: "Tries that a limit refused, by limit." },
  "sekisho.events": {
    kind: "counter",
    description: "Lines of the log by event and level, whether or not LOG_LEVEL lets them through.",
  },
  "sekisho.housekeeping.deleted": { kind: "counter", description: "Rows past their time, by table." },
  "sekisho.streams": { kind: "gauge", description: "Live pages that this process tells of changes." },
  "sekisho.notices_heard": {
    kind: "gauge",
    description: "1 while they hear of changes, 0 while the connection that listens is lost.",
  },
  "sekisho.notices_waiting": {
    kind: "gauge",
    description: "Changes that were heard of and that a live page has not been told of yet.",
  },
  "sekisho.notices_oldest": {
    kind: "gauge",
    unit: "s",
    description: "How long the oldest of these has waited.",
  },
  "db.client.connection.count": {
    kind: "gauge",
    description: "Connections of the pool, by db.client.connection.state: used or idle.",
  },
  "db.client.connection.max": { kind: "gauge", description: "How many there may be." },
  "db.client.connection.pending_requests": {
    kind: "gauge",
    description: "Those who wait for one of them.",
  },
  "process.memory.usage": { kind: "gauge", unit: "By", description: "Memory of the process." },
  "nodejs.eventloop.utilization": {
    kind: "gauge",
    description: "Share of the time in which the process was busy.",
  },
} as const satisfies Record<string, Metric>;

type Metric = { kind: "duration" | "counter" | "gauge"; unit?: string; description: string };
type Named<Kind extends Metric["kind"]> = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]["kind"] extends Kind ? Name : never;
}[keyof typeof METRICS];

export type DurationName = Named<"duration">;
export type CounterName = Named<"counter">;
export type GaugeName = Named<"gauge">;
