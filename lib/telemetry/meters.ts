import { performance } from "node:perf_hooks";
import type { Counter, Histogram, Meter } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import type { Resource } from "@opentelemetry/resources";
import { type IMetricReader, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { type GaugeName, METRICS } from "./metrics";
import { gauge, readGauge, type Telemetry } from "./telemetry";
import type { TelemetrySettings } from "./variables";
import type { Wanted } from "./wanted";

/** Seconds, as the conventions advise for requests. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

type Measuring = Pick<Telemetry, "add" | "record" | "close">;

/** Takes what is measured, and gives it to whoever is to have it. @throws as `openTelemetry`. */
export async function meters(
  settings: TelemetrySettings,
  resource: Resource,
  wanted: Wanted["metrics"],
): Promise<Measuring> {
  const readers = await Promise.all(wanted.map((each) => readerFor(each, settings)));
  const provider = new MeterProvider({ resource, readers });
  const meter = provider.getMeter("sekisho");
  const counters = new Map<string, Counter>();
  const durations = new Map<string, Histogram>();
  for (const [name, metric] of Object.entries(METRICS)) {
    const { kind, description } = metric;
    const unit = "unit" in metric ? metric.unit : "1";
    if (kind === "counter") counters.set(name, meter.createCounter(name, { description }));
    else if (kind === "duration") durations.set(name, histogram(meter, name, description));
    else observe(meter, name as GaugeName, { description, unit });
  }
  ofProcess();
  return {
    add: (name, value, attributes) => counters.get(name)?.add(value, attributes),
    record: (name, seconds, attributes) => durations.get(name)?.record(seconds, attributes),
    close: () => provider.shutdown(),
  };
}

function histogram(meter: Meter, name: string, description: string): Histogram {
  return meter.createHistogram(name, {
    description,
    unit: "s",
    advice: { explicitBucketBoundaries: BUCKETS },
  });
}

function observe(meter: Meter, name: GaugeName, options: { description: string; unit: string }): void {
  meter.createObservableGauge(name, options).addCallback((result) => {
    for (const { value, attributes = {} } of readGauge(name)) result.observe(value, attributes);
  });
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
