import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import type { Resource } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { RequestSpan, TraceParent } from "./telemetry";
import type { TelemetrySettings } from "./variables";

type Tracing = {
  beginRequest(name: string, parent: TraceParent | null): RequestSpan;
  close(): Promise<void>;
};

/** Makes a trace of each request that is sampled, and sends them in batches. */
export function tracer(settings: TelemetrySettings, resource: Resource): Tracing {
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(settings),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter(),
        scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
      }),
    ],
  });
  const spans = provider.getTracer("sekisho");
  return {
    beginRequest: (name, parent) => {
      // One look at the clock for all of a trace: it may be set in between.
      const offset = Date.now() - performance.now();
      const now = () => offset + performance.now();
      const span = spans.startSpan(name, { kind: SpanKind.SERVER, startTime: now() }, contextOf(parent));
      const within = trace.setSpan(ROOT_CONTEXT, span);
      return {
        traceId: span.spanContext().traceId,
        addCall: (callName, began, attributes, hasFailed) => {
          const options = { kind: SpanKind.CLIENT, startTime: offset + began, attributes };
          const call = spans.startSpan(callName, options, within);
          if (hasFailed) call.setStatus({ code: SpanStatusCode.ERROR });
          call.end(now());
        },
        end: (attributes, hasFailed) => {
          span.setAttributes(attributes);
          if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end(now());
        },
      };
    },
    close: () => provider.shutdown(),
  };
}

function contextOf(parent: TraceParent | null) {
  if (parent === null) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true });
}

function samplerOf({
  OTEL_TRACES_SAMPLER: name,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: TelemetrySettings): Sampler {
  const root = name.endsWith("traceidratio")
    ? new TraceIdRatioBasedSampler(ratio)
    : name.endsWith("always_off")
      ? new AlwaysOffSampler()
      : new AlwaysOnSampler();
  return name.startsWith("parentbased_") ? new ParentBasedSampler({ root }) : root;
}
