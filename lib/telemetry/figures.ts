import { type HrTime, ValueType } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type IMetricReader,
  InstrumentType,
  type MetricData,
  type MetricProducer,
} from "@opentelemetry/sdk-metrics";
import { type GaugeName, METRICS } from "./metrics";
import { BUCKETS, hrTime, type Series, type SeriesMap } from "./series";
import { readGauge } from "./telemetry";

export type Measured = ReadonlyMap<string, SeriesMap>;
type Metric = (typeof METRICS)[keyof typeof METRICS];
type Values = Pick<Series, "count" | "sum" | "buckets">;

/** What a reader of the SDK is given when it asks: all that was measured, or only what is new since it last did. */
export class Figures implements MetricProducer {
  readonly #reader: IMetricReader;
  readonly #resource: Resource;
  readonly #measured: Measured;
  /** What the reader knows already, where it wants what is new. */
  readonly #known = new Map<Series, Values>();
  #askedAt: HrTime | null = null;

  constructor(reader: IMetricReader, resource: Resource, measured: Measured) {
    this.#reader = reader;
    this.#resource = resource;
    this.#measured = measured;
  }

  async collect(): Promise<CollectionResult> {
    const now = hrTime(Date.now());
    const errors: unknown[] = [];
    const metrics: MetricData[] = [];
    for (const [name, metric] of Object.entries(METRICS)) {
      try {
        const data = metric.kind === "gauge" ? gaugeData(name, metric, now) : this.#data(name, metric, now);
        if (data.dataPoints.length > 0) metrics.push(data);
      } catch (error) {
        // One that cannot be read keeps nobody from the others.
        errors.push(error);
      }
    }
    this.#askedAt = now;
    const scopeMetrics = [{ scope: { name: "sekisho" }, metrics }];
    return { resourceMetrics: { resource: this.#resource, scopeMetrics }, errors };
  }

  #data(name: string, metric: Metric, endTime: HrTime): MetricData {
    const isDuration = metric.kind === "duration";
    const type = isDuration ? InstrumentType.HISTOGRAM : InstrumentType.COUNTER;
    const aggregationTemporality = this.#reader.selectAggregationTemporality(type);
    const isWhole = aggregationTemporality === AggregationTemporality.CUMULATIVE;
    const told = (this.#measured.get(name)?.all() ?? []).flatMap((series) => {
      const { count, sum, buckets } = isWhole ? series : this.#newOf(series);
      const startTime = isWhole ? series.since : (this.#askedAt ?? series.since);
      const common = { attributes: series.attributes, startTime, endTime };
      const extremes = isWhole ? { min: series.min, max: series.max } : {};
      const value = { count, sum, buckets: { boundaries: BUCKETS, counts: [...buckets] }, ...extremes };
      return count === 0 ? [] : { common, value };
    });
    const head = { descriptor: descriptorOf(name, metric), aggregationTemporality };
    if (isDuration) {
      const dataPoints = told.map(({ common, value }) => ({ ...common, value }));
      return { ...head, dataPointType: DataPointType.HISTOGRAM, dataPoints };
    }
    const dataPoints = told.map(({ common, value }) => ({ ...common, value: value.sum }));
    return { ...head, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
  }

  #newOf(series: Series): Values {
    const { count, sum, buckets } = series;
    const known = this.#known.get(series) ?? { count: 0, sum: 0, buckets: [] };
    this.#known.set(series, { count, sum, buckets: [...buckets] });
    return {
      count: count - known.count,
      sum: sum - known.sum,
      buckets: buckets.map((each, at) => each - (known.buckets[at] ?? 0)),
    };
  }
}

function gaugeData(name: string, metric: Metric, now: HrTime): MetricData {
  const dataPoints = readGauge(name as GaugeName).map(({ value, attributes = {} }) => ({
    attributes,
    value,
    startTime: now,
    endTime: now,
  }));
  return {
    descriptor: descriptorOf(name, metric),
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints,
  };
}

function descriptorOf(name: string, metric: Metric) {
  const ofKind = { counter: "", duration: "s", gauge: "1" }[metric.kind];
  const unit = "unit" in metric ? metric.unit : ofKind;
  return { name, description: metric.description, unit, valueType: ValueType.DOUBLE };
}
