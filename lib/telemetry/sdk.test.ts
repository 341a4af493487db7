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
  const { traceId, end } = telemetry()?.beginRequest("GET /", null) ?? expect.fail("no traces");
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  end({}, false);
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
