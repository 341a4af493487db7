import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { freePort } from "../../infra/local/ports";
import { openTelemetry } from "./open";
import { telemetry } from "./telemetry";
import { TELEMETRY_VARIABLES } from "./variables";

afterEach(async () => {
  await telemetry()?.close();
  Reflect.deleteProperty(globalThis, "sekishoTelemetry");
  vi.unstubAllEnvs();
});

/** The exporters read the endpoint and their headers by themselves. */
function settings(given: Record<string, string>) {
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  return z.object(TELEMETRY_VARIABLES).parse(given);
}

test("without settings this process tells nobody", async () => {
  await openTelemetry(settings({}), () => {});
  expect(telemetry()).toBeNull();
});

test("a collector that is away is told of once, without the key that is sent there, and costs no request", async () => {
  const told: string[] = [];
  await openTelemetry(
    settings({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=canary",
      OTEL_BSP_SCHEDULE_DELAY: "100",
      OTEL_EXPORTER_OTLP_TIMEOUT: "1000",
      OTEL_METRICS_EXPORTER: "none",
    }),
    (message) => told.push(message),
  );
  const span = telemetry()?.beginRequest("GET /", null) ?? expect.fail("no traces");
  expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
  span.end({}, false);
  await expect.poll(() => told, { timeout: 20_000 }).toHaveLength(1);
  await telemetry()?.close();
  expect(told).toEqual([expect.stringContaining("ECONNREFUSED")]);
  expect(told[0]).not.toContain("canary");
});

test("a port that is taken is said at the start", async () => {
  const port = await freePort();
  const given = {
    OTEL_METRICS_EXPORTER: "prometheus",
    OTEL_EXPORTER_PROMETHEUS_HOST: "127.0.0.1",
    OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
  };
  await openTelemetry(settings(given), () => {});
  await expect(openTelemetry(settings(given), () => {})).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("a request is part of the trace that it came with, unless that is not sampled", async () => {
  await openTelemetry(settings({ OTEL_TRACES_EXPORTER: "otlp" }), () => {});
  const parent = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", flags: 0 };
  expect(telemetry()?.beginRequest("GET /", parent)?.traceId).toBe(parent.traceId);
  expect(telemetry()?.beginRequest("GET /", null)?.traceId).not.toBe(parent.traceId);
});

/** Names of the requests that a collector is told of. */
async function toldTo(given: Record<string, string>, ask: () => void): Promise<string[]> {
  const told: string[] = [];
  const collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request));
    told.push(...resourceSpans[0].scopeSpans[0].spans.map(({ name }: { name: string }) => name));
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const { port } = collector.address() as AddressInfo;
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_METRICS_EXPORTER: "none" };
  await openTelemetry(settings({ ...endpoint, ...given }), expect.fail);
  ask();
  await telemetry()?.close();
  collector.closeAllConnections();
  collector.close();
  return told;
}

/** Its trace has the greatest share of all, and so one that is kept only where all are. */
const traceId = "ffffffff000000000000000000000000";
test.each([
  ["parentbased_always_on", "1", ["none", "sampled"]],
  ["parentbased_always_off", "1", ["sampled"]],
  ["parentbased_traceidratio", "0", ["sampled"]],
  ["traceidratio", "1", ["none", "sampled", "unsampled"]],
  ["traceidratio", "0", []],
  ["always_on", "1", ["none", "sampled", "unsampled"]],
  ["always_off", "1", []],
])("with %s and %s these are told of: %s", async (sampler, ratio, expected) => {
  const given = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio };
  const parent = { traceId, spanId: "00f067aa0ba902b7" };
  const told = await toldTo(given, () => {
    telemetry()?.beginRequest("none", null)?.end({}, false);
    telemetry()
      ?.beginRequest("sampled", { ...parent, flags: 1 })
      ?.end({}, false);
    telemetry()
      ?.beginRequest("unsampled", { ...parent, flags: 0 })
      ?.end({}, false);
  });
  expect(told).toEqual(expected);
});
