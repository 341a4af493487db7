import type { HrTime, Attributes as SentAttributes } from "@opentelemetry/api";
import type { Attributes } from "./telemetry";

/** Seconds, as the conventions advise for requests. Each is the highest value of its bucket. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** As the SDK has it: what comes under yet others is counted together. */
const MOST = 2_000;

/** What was measured under the same attributes since the process began. */
export class Series {
  readonly attributes: SentAttributes;
  readonly since = hrTime(Date.now());
  readonly buckets: number[] = new Array(BUCKETS.length + 1).fill(0);
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  constructor(attributes: SentAttributes) {
    this.attributes = attributes;
  }

  add(value: number): void {
    this.count += 1;
    this.sum += value;
  }

  record(value: number): void {
    this.add(value);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    let at = 0;
    while (value > (BUCKETS[at] ?? Number.POSITIVE_INFINITY)) at++;
    this.buckets[at] = (this.buckets[at] ?? 0) + 1;
  }
}

/**
 * The series of one metric. The SDK's own looks one up by sorted attributes in JSON, for each request several times, which
 * took half of what measuring takes.
 */
export class SeriesMap {
  readonly #series = new Map<string, Series>();

  /** The series under these attributes. */
  of(attributes: Attributes): Series {
    let key = "";
    for (const name in attributes) key += `${name}\0${attributes[name]}\0`;
    const series = this.#series.get(key);
    if (series) return series;
    return this.#series.size < MOST - 1 ? this.#begin(key, { ...attributes }) : this.#overflow();
  }

  all(): Series[] {
    return [...this.#series.values()];
  }

  #overflow(): Series {
    return this.#series.get("overflow") ?? this.#begin("overflow", { "otel.metric.overflow": true });
  }

  #begin(key: string, attributes: SentAttributes): Series {
    const series = new Series(attributes);
    this.#series.set(key, series);
    return series;
  }
}

/** Whole seconds, and nanoseconds. */
export function hrTime(ms: number): HrTime {
  return [Math.trunc(ms / 1_000), Math.trunc((ms % 1_000) * 1e6)];
}
