import { performance } from "node:perf_hooks";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import type { Resource } from "@opentelemetry/resources";
import { type IMetricReader, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { Figures } from "./figures";
import { METRICS } from "./metrics";
import { SeriesMap } from "./series";
import { gauge, type Telemetry } from "./telemetry";
import type { TelemetrySettings } from "./variables";
import type { Wanted } from "./wanted";

type Measuring = Pick<Telemetry, "add" | "record" | "close">;

/** Takes what is measured, and gives it to whoever is to have it. @throws as `openTelemetry`. */
export async function meters(
  settings: TelemetrySettings,
  resource: Resource,
  wanted: Wanted["metrics"],
): Promise<Measuring> {
  const measured = new Map(Object.keys(METRICS).map((name) => [name, new SeriesMap()]));
  ofProcess();
  const readers = await Promise.all(wanted.map((each) => readerFor(each, settings)));
  for (const reader of readers) reader.setMetricProducer(new Figures(reader, resource, measured));
  if (readers.length === 0) return { add: () => {}, record: () => {}, close: async () => {} };
  return {
    add: (name, value, attributes) => measured.get(name)?.of(attributes).add(value),
    record: (name, seconds, attributes) => measured.get(name)?.of(attributes).record(seconds),
    close: async () => {
      await Promise.all(readers.map((reader) => reader.shutdown()));
    },
  };
}

/** What the process itself says. */
function ofProcess(): void {
  let last = performance.eventLoopUtilization();
  gauge("process.memory.usage", () => [{ value: process.memoryUsage.rss() }]);
  gauge("nodejs.eventloop.utilization", () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return [{ value: utilization }];
  });
}

async function readerFor(wanted: "otlp" | "prometheus", settings: TelemetrySettings): Promise<IMetricReader> {
  if (wanted === "otlp") {
    return new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter(),
      exportIntervalMillis: settings.OTEL_METRIC_EXPORT_INTERVAL,
      exportTimeoutMillis: settings.OTEL_METRIC_EXPORT_INTERVAL,
    });
  }
  const reader = new PrometheusExporter({
    host: settings.OTEL_EXPORTER_PROMETHEUS_HOST,
    port: settings.OTEL_EXPORTER_PROMETHEUS_PORT,
    preventServerStart: true,
    withoutScopeInfo: true,
  });
  await reader.startServer();
  return reader;
}
