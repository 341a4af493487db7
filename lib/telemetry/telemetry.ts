import type { CounterName, DurationName, GaugeName } from "./metrics";

export type Attributes = Record<string, string | number>;
type Reading = { value: number; attributes?: Attributes };

/** A trace that a request belongs to already. @see https://www.w3.org/TR/trace-context/ */
export type TraceParent = { traceId: string; spanId: string; flags: number };

/** A request's part of a trace. */
export type RequestSpan = {
  traceId: string;
  /** Adds a call to somebody else that was made for it and is over by now. @param began as `performance.now()` says it. */
  addCall(name: string, began: number, attributes: Attributes, hasFailed: boolean): void;
  end(attributes: Attributes, hasFailed: boolean): void;
};

/** Where it all goes. `openTelemetry` makes one, where the settings ask for it. */
export type Telemetry = {
  add(name: CounterName, value: number, attributes: Attributes): void;
  /** @param seconds how long it took. */
  record(name: DurationName, seconds: number, attributes: Attributes): void;
  /** Null where there are no traces. */
  beginRequest(name: string, parent: TraceParent | null): RequestSpan | null;
  /** Sends what is not sent yet, and stops. */
  close(): Promise<void>;
};

/** Next evaluates this module several times in one process. */
const shared = globalThis as typeof globalThis & {
  sekishoTelemetry?: Telemetry;
  sekishoGauges?: Map<GaugeName, () => Reading[]>;
};
shared.sekishoGauges ??= new Map();
const gauges = shared.sekishoGauges;

/** What this process tells others of itself; null where nobody asked for it. */
export function telemetry(): Telemetry | null {
  return shared.sekishoTelemetry ?? null;
}

/** From now on this process tells of itself. */
export function setTelemetry(opened: Telemetry): void {
  shared.sekishoTelemetry = opened;
}

/** Counts something that has happened. */
export function count(name: CounterName, attributes: Attributes = {}, value = 1): void {
  telemetry()?.add(name, value, attributes);
}

/** Says how a figure is read, each time that somebody wants to know; the last one who says so counts. */
export function gauge(name: GaugeName, read: () => Reading[]): void {
  gauges.set(name, read);
}

/** The figure now: nothing where nobody has said how it is read. */
export function readGauge(name: GaugeName): Reading[] {
  return gauges.get(name)?.() ?? [];
}
