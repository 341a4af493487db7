import { type HrTime, type SpanContext, type SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";

type Told = {
  name: string;
  kind: SpanKind;
  context: SpanContext;
  parent: SpanContext | null;
  /** Milliseconds since the epoch, as is `over`. */
  began: number;
  over: number;
  attributes: ReadableSpan["attributes"];
  hasFailed: boolean;
};

const SCOPE = { name: "sekisho" };
const NONE: [] = [];

/**
 * A span that is over, as an exporter reads it. What that wants to know is worked out when it asks, for hundreds of them
 * in turn: the SDK's own spans do it while the request is answered, where it costs several times as much.
 */
export class EndedSpan implements ReadableSpan {
  readonly ended = true;
  readonly links = NONE;
  readonly events = NONE;
  readonly droppedAttributesCount = 0;
  readonly droppedEventsCount = 0;
  readonly droppedLinksCount = 0;
  readonly instrumentationScope = SCOPE;
  readonly resource: Resource;
  readonly #told: Told;

  constructor(told: Told, resource: Resource) {
    this.#told = told;
    this.resource = resource;
  }

  get name(): string {
    return this.#told.name;
  }

  get kind(): SpanKind {
    return this.#told.kind;
  }

  get attributes(): ReadableSpan["attributes"] {
    return this.#told.attributes;
  }

  get parentSpanContext(): SpanContext {
    // For a root span there is none; the type of the SDK says so with a property that is left out.
    return this.#told.parent as SpanContext;
  }

  get startTime(): HrTime {
    return hrTime(this.#told.began);
  }

  get endTime(): HrTime {
    return hrTime(this.#told.over);
  }

  get duration(): HrTime {
    return hrTime(this.#told.over - this.#told.began);
  }

  get status(): ReadableSpan["status"] {
    return { code: this.#told.hasFailed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET };
  }

  spanContext(): SpanContext {
    return this.#told.context;
  }
}

/** Whole seconds, and nanoseconds. */
function hrTime(ms: number): HrTime {
  return [Math.trunc(ms / 1_000), Math.trunc((ms % 1_000) * 1e6)];
}
