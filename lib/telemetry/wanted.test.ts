import { expect, test } from "vitest";
import { z } from "zod";
import { TELEMETRY_VARIABLES } from "./variables";
import { wantedBy } from "./wanted";

const wanted = (given: Record<string, string>) => wantedBy(z.object(TELEMETRY_VARIABLES).parse(given));
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318" };
const NOTHING = { traces: false, metrics: [] };

test("without settings nothing is wanted", () => {
  expect(wanted({})).toEqual(NOTHING);
});

test("an endpoint asks for traces and metrics", () => {
  expect(wanted(endpoint)).toEqual({ traces: true, metrics: ["otlp"] });
});

test("each can be left out, or asked for alone", () => {
  expect(wanted({ ...endpoint, OTEL_TRACES_EXPORTER: "none" })).toEqual({ traces: false, metrics: ["otlp"] });
  expect(wanted({ ...endpoint, OTEL_METRICS_EXPORTER: "none" })).toEqual({ traces: true, metrics: [] });
  expect(wanted({ OTEL_METRICS_EXPORTER: "prometheus" })).toEqual({ traces: false, metrics: ["prometheus"] });
  expect(wanted({ OTEL_METRICS_EXPORTER: "prometheus, otlp" }).metrics).toEqual(["prometheus", "otlp"]);
  expect(wanted({ OTEL_TRACES_EXPORTER: "otlp" })).toEqual({ traces: true, metrics: [] });
});

test("OTEL_SDK_DISABLED wins over all", () => {
  expect(wanted({ ...endpoint, OTEL_METRICS_EXPORTER: "prometheus", OTEL_SDK_DISABLED: "true" })).toEqual(
    NOTHING,
  );
});

test("what is not spoken is refused, not taken for something else", () => {
  expect(() => wanted({ OTEL_METRICS_EXPORTER: "statsd" })).toThrow(/otlp, prometheus, none/);
  expect(() => wanted({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" })).toThrow(/http\/json is/);
});
