import { randomBytes } from "node:crypto";
import { Client } from "pg";
import type { Application } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { killApplication } from "../../infra/local/stack";
import { Api, login } from "../support/api";
import { Collector, type Span } from "../support/collector";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";
import { visitEverything } from "../support/visit";

const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

/** An application that tells all it knows to a collector and to whoever reads its metrics. */
const collector = new Collector();
let application: Application;
let superuserUrl: string;
let prometheus: string;
test.beforeAll(async ({ ground }) => {
  const [endpoint, database, port] = [await collector.start(), await newDatabase(), await freePort()];
  superuserUrl = database.superuserUrl;
  prometheus = `http://127.0.0.1:${port}/metrics`;
  application = await ground.startApplication({
    DATABASE_URL: database.appUrl,
    TRUSTED_PROXY_HOPS: "1",
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_METRICS_EXPORTER: "otlp,prometheus",
    OTEL_EXPORTER_PROMETHEUS_HOST: "127.0.0.1",
    OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
    OTEL_BSP_SCHEDULE_DELAY: "100",
    OTEL_METRIC_EXPORT_INTERVAL: "300",
  });
});
test.afterAll(async () => {
  await killApplication(application);
  await collector.stop();
});

/** As a proxy begins a trace. */
function newTrace() {
  const [traceId, spanId] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

/** What is told of a trace when its request has ended: the request, and the calls that were made for it. */
async function told(traceId: string): Promise<{ request: Span; calls: Span[] }> {
  const spans = () => collector.spans.filter((each) => each.traceId === traceId);
  const ofRequest = () => spans().find(({ attributes }) => "http.route" in attributes);
  await expect.poll(() => ofRequest()?.name).toBeDefined();
  const request = ofRequest() as Span;
  return { request, calls: spans().filter(({ parentSpanId }) => parentSpanId === request.spanId) };
}

test("of one sign-in the trace says where its time went, and the metrics how it ended", async ({
  ground,
}) => {
  const user = await newUser(ground, { tenant: newTenant() });
  const { traceId, spanId, headers } = newTrace();
  const api = new Api(application.url);
  const answer = await api.post("/api/user/login", user, headers);
  expect(answer.status).toBe(200);
  const { request, calls } = await told(traceId);
  expect(request).toMatchObject({
    name: "POST /api/user/login",
    parentSpanId: spanId,
    attributes: {
      "http.request.method": "POST",
      "http.route": "/api/user/login",
      "http.response.status_code": 200,
      "sekisho.operation": "login",
      "sekisho.request_id": answer.headers.get("x-request-id"),
    },
  });
  const names = calls.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["cognito AdminInitiateAuth", "jwks fetch", "database insert known_devices"]),
  );
  for (const { ms } of calls) expect(ms).toBeLessThanOrEqual(request.ms);

  const wrong = await api.post("/api/user/login", { ...user, password: "Wrong-Passw0rd!" });
  expect(wrong.status).toBe(401);
  const signIns = (outcome: string) => collector.figure("sekisho.sign_ins", { way: "api", outcome });
  const refused = { "http.route": "/api/user/login", "error.type": "invalid_credentials" };
  const asked = { peer: "cognito", operation: "AdminInitiateAuth", "error.type": "NotAuthorizedException" };
  const figures = () => ({
    signedIn: signIns("signed_in"),
    refused: signIns("invalid_credentials"),
    requests: collector.figure("http.server.request.duration", refused),
    calls: collector.figure("sekisho.call.duration", asked),
  });
  await expect.poll(figures).toEqual({ signedIn: 1, refused: 1, requests: 1, calls: 1 });
});

test("of a slow query the trace says which one it was", async ({ ground }) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const api = new Api(application.url).bearer(
    (await login(application.url, user.email, user.password)).access_token,
  );
  expect((await api.get("/api/audit")).status).toBe(200);
  const { traceId, headers } = newTrace();
  // Within a transaction one sees the others as they were at the first look.
  const holder = new Client({ connectionString: superuserUrl });
  const watcher = new Client({ connectionString: superuserUrl });
  await Promise.all([holder.connect(), watcher.connect()]);
  await holder.query("BEGIN");
  await holder.query("LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE");
  const answer = api.get("/api/audit", headers);
  // What signing in leaves on record afterwards may wait there too.
  const waits = async () => {
    const { rows } = await watcher.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND query ILIKE 'select%audit_events%'
       AND clock_timestamp() - query_start > '1 second'`,
    );
    return rows.length;
  };
  await expect.poll(waits, { intervals: [50] }).toBe(1);
  await holder.query("COMMIT");
  await Promise.all([holder.end(), watcher.end()]);
  expect((await answer).status).toBe(200);
  const { request, calls } = await told(traceId);
  const [slowest] = calls.toSorted((one, other) => other.ms - one.ms);
  expect(slowest?.name).toBe("database select audit_events");
  expect(slowest?.ms).toBeGreaterThan(1_000);
  expect(request.attributes).toMatchObject({
    "sekisho.operation": "listAudit",
    "http.response.status_code": 200,
  });
});

test("nothing of it is a token, an address, a name or what somebody typed", async ({ ground, browser }) => {
  test.slow();
  const tenant = newTenant();
  const user = await newUser(ground, { tenant, groups: ["admin"], temporary: true });
  const context = await browser.newContext({ baseURL: application.url });
  const { received } = await visitEverything(context, user);
  await context.close();
  expect(received.length).toBeGreaterThan(20);
  const api = new Api(application.url);
  const { spanId, headers } = newTrace();
  const canary = { ...headers, tracestate: "canary=1", baggage: "canary=1", "X-Tenant-Id": "canary" };
  const paths = [
    "/canary",
    "/api/canary?canary=1",
    "/api/members/canary@people.example",
    "/signin?callbackUrl=/canary",
  ];
  for (const path of paths) {
    await api.bearer("eyJhbGciOiJSUzI1NiJ9.canary.canary").get(path, { ...canary, "User-Agent": "canary" });
  }
  await api.post("/api/user/login", { email: "canary@people.example", password: "canary-Passw0rd!" }, canary);
  const toldOf = () => collector.spans.filter(({ parentSpanId }) => parentSpanId === spanId).length;
  await expect.poll(toldOf).toBe(paths.length + 1);
  const counted = () => collector.figure("sekisho.sign_ins", { way: "form", outcome: "signed_in" });
  await expect.poll(counted).toBeGreaterThan(0);
  const read = await (await fetch(prometheus)).text();
  const all = [...collector.texts, read].join("\n");
  expect(all).toContain(tenant);
  for (const secret of [user.email, user.password, "canary", "Lantern", "people.example", "eyJ"]) {
    expect(all.toLowerCase(), secret).not.toContain(secret.toLowerCase());
  }
  expect(read).not.toContain(tenant);
});

test("Prometheus reads the same on a port of its own", async () => {
  const answer = await fetch(prometheus);
  expect(answer.headers.get("content-type")).toContain("text/plain");
  const text = await answer.text();
  for (const name of [
    "http_server_request_duration_bucket",
    "sekisho_sign_ins_total",
    "sekisho_events_total",
    "db_client_connection_count",
  ]) {
    expect(text).toContain(`\n${name}{`);
  }
  expect((await fetch(`${application.url}/metrics`, { redirect: "manual" })).status).not.toBe(200);
});
