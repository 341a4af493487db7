import { ROOT_CONTEXT, type SpanContext, SpanKind, TraceFlags, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import type { Resource } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";
import { EndedSpan } from "./ended-span";
import type { RequestSpan, TraceParent } from "./telemetry";
import type { TelemetrySettings } from "./variables";

type Tracing = {
  beginRequest(name: string, parent: TraceParent | null): RequestSpan;
  close(): Promise<void>;
};

/** Makes a trace of each request that is sampled, and sends them in batches. */
export function tracer(settings: TelemetrySettings, resource: Resource): Tracing {
  const sampler = samplerOf(settings);
  const ids = new RandomIdGenerator();
  const sending = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter(),
    scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
  });
  return {
    beginRequest: (name, parent) => {
      const traceId = parent?.traceId ?? ids.generateTraceId();
      const around = parentOf(parent);
      const within = around ? trace.setSpanContext(ROOT_CONTEXT, around) : ROOT_CONTEXT;
      const { decision } = sampler.shouldSample(within, traceId, name, SpanKind.SERVER, {}, []);
      if (decision !== SamplingDecision.RECORD_AND_SAMPLED) return untold(traceId);
      const told = () => ({ traceId, spanId: ids.generateSpanId(), traceFlags: TraceFlags.SAMPLED });
      const context = told();
      // One look at the clock for all of a trace: it may be set in between.
      const offset = Date.now() - performance.now();
      const began = offset + performance.now();
      const add = (span: Omit<ConstructorParameters<typeof EndedSpan>[0], "over">) =>
        sending.onEnd(new EndedSpan({ ...span, over: offset + performance.now() }, resource));
      return {
        traceId,
        addCall: (callName, callBegan, attributes, hasFailed) => {
          const own = { name: callName, kind: SpanKind.CLIENT, context: told(), parent: context };
          add({ ...own, began: offset + callBegan, attributes, hasFailed });
        },
        end: (attributes, hasFailed) =>
          add({ name, kind: SpanKind.SERVER, context, parent: around, began, attributes, hasFailed }),
      };
    },
    close: () => sending.shutdown(),
  };
}

/** Of a request that is not sampled nothing is told but its place in the log. */
function untold(traceId: string): RequestSpan {
  return { traceId, addCall: () => undefined, end: () => undefined };
}

function parentOf(parent: TraceParent | null): SpanContext | null {
  if (parent === null) return null;
  return { traceId: parent.traceId, spanId: parent.spanId, traceFlags: parent.flags, isRemote: true };
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
