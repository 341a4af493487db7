import { ROOT_CONTEXT } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import { SamplingDecision, TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace";
import { Batches } from "./batches";
import { randomId } from "./random-ids";
import type { RequestSpan, TraceParent } from "./telemetry";
import { TracedRequest } from "./traced-request";
import { tracesExporter } from "./traces-exporter";
import type { TelemetrySettings } from "./variables";

type Tracing = {
  beginRequest(name: string, parent: TraceParent | null): RequestSpan;
  close(): Promise<void>;
};

/** Makes a trace of each request that is sampled, and sends them in batches. */
export function tracer(settings: TelemetrySettings, resource: Resource): Tracing {
  const isSampled = samplerOf(settings);
  const exporter = tracesExporter(resource);
  const batches = new Batches(exporter.send, settings.OTEL_BSP_SCHEDULE_DELAY);
  const add = batches.add.bind(batches);
  return {
    beginRequest: (name, parent) => {
      const traceId = parent?.traceId ?? randomId(16);
      return isSampled(traceId, parent) ? new TracedRequest(name, traceId, parent, add) : untold(traceId);
    },
    close: async () => {
      await batches.close();
      await exporter.close();
    },
  };
}

/** Of a request that is not sampled nothing is told but its place in the log. */
function untold(traceId: string): RequestSpan {
  return { traceId, addCall: () => undefined, end: () => undefined };
}

function samplerOf({
  OTEL_TRACES_SAMPLER: name,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: TelemetrySettings): (traceId: string, parent: TraceParent | null) => boolean {
  // By the id: other services that keep as many keep the same ones.
  const ofRatio = new TraceIdRatioBasedSampler(ratio);
  const isKept = (traceId: string) =>
    ofRatio.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  const ofRoot = name.endsWith("traceidratio") ? isKept : () => !name.endsWith("always_off");
  if (!name.startsWith("parentbased_")) return ofRoot;
  return (traceId, parent) => (parent ? parent.flags === 1 : ofRoot(traceId));
}
