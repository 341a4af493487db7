import { randomId } from "./random-ids";
import type { Attributes, RequestSpan, TraceParent } from "./telemetry";

/** What is over: a request, or a call that was made for it. Times are those of `performance.now()`. */
export type EndedSpan = {
  request: TracedRequest;
  kind: "request" | "call";
  name: string;
  began: number;
  over: number;
  attributes: Attributes;
  hasFailed: boolean;
};

/** A request whose trace is told of. What costs time is left to when it is sent, for hundreds of them in turn. */
export class TracedRequest implements RequestSpan {
  readonly traceId: string;
  readonly parent: TraceParent | null;
  /** From `performance.now()` to the time of day (milliseconds): looked at once, since that may be set in between. */
  readonly offset = Date.now() - performance.now();
  readonly #name: string;
  readonly #began = performance.now();
  readonly #add: (span: EndedSpan) => void;
  #spanId: string | null = null;

  constructor(name: string, traceId: string, parent: TraceParent | null, add: (span: EndedSpan) => void) {
    this.#name = name;
    this.traceId = traceId;
    this.parent = parent;
    this.#add = add;
  }

  get spanId(): string {
    this.#spanId ??= randomId(8);
    return this.#spanId;
  }

  addCall(name: string, began: number, attributes: Attributes, hasFailed: boolean): void {
    this.#end("call", name, began, attributes, hasFailed);
  }

  end(attributes: Attributes, hasFailed: boolean): void {
    this.#end("request", this.#name, this.#began, attributes, hasFailed);
  }

  #end(
    kind: EndedSpan["kind"],
    name: string,
    began: number,
    attributes: Attributes,
    hasFailed: boolean,
  ): void {
    this.#add({ request: this, kind, name, began, over: performance.now(), attributes, hasFailed });
  }
}
