import type { TelemetrySettings } from "./variables";

/** What is wanted, where the settings ask for anything. */
export type Wanted = { traces: boolean; metrics: ("otlp" | "prometheus")[] };

/** An endpoint alone asks for both; unlike the specification, nothing is sent to a default one. */
export function wantedBy(settings: TelemetrySettings): Wanted {
  if (settings.OTEL_SDK_DISABLED === "true") return { traces: false, metrics: [] };
  const ifUnsaid = settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? "none" : "otlp";
  const metrics = settings.OTEL_METRICS_EXPORTER ?? [ifUnsaid];
  return {
    traces: (settings.OTEL_TRACES_EXPORTER ?? ifUnsaid) === "otlp",
    metrics: metrics.filter((each) => each !== "none"),
  };
}
