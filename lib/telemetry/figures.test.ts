import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationTemporality, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { expect, test } from "vitest";
import { Figures } from "./figures";
import { METRICS } from "./metrics";
import { BUCKETS, SeriesMap } from "./series";

class Reader extends MetricReader {
  protected override async onShutdown() {}
  protected override async onForceFlush() {}
}
const MEASURED = new Set(["sekisho.events", "sekisho.call.duration"]);
type Attributes = Record<string, string | number>;

/** The same measured by the SDK and by us, for readers that want all of it or what is new. */
function measureTwice(temporality: AggregationTemporality) {
  const [theirs, ours] = [0, 1].map(
    () => new Reader({ aggregationTemporalitySelector: () => temporality }),
  ) as [Reader, Reader];
  const meter = new MeterProvider({ readers: [theirs] }).getMeter("sekisho");
  const counter = meter.createCounter("sekisho.events", {
    description: METRICS["sekisho.events"].description,
  });
  const histogram = meter.createHistogram("sekisho.call.duration", {
    description: METRICS["sekisho.call.duration"].description,
    unit: "s",
    advice: { explicitBucketBoundaries: BUCKETS },
  });
  const [events, durations] = [new SeriesMap(), new SeriesMap()];
  const measured = new Map([
    ["sekisho.events", events],
    ["sekisho.call.duration", durations],
  ]);
  ours.setMetricProducer(new Figures(ours, resourceFromAttributes({}), measured));
  return {
    add: (value: number, attributes: Attributes) => {
      counter.add(value, attributes);
      events.of(attributes).add(value);
    },
    record: (seconds: number, attributes: Attributes) => {
      histogram.record(seconds, attributes);
      durations.of(attributes).record(seconds);
    },
    theirs: () => dataOf(theirs),
    ours: () => dataOf(ours),
  };
}

/** Of what is measured here, without times, which differ. Tests of the same process have gauges, too. */
async function dataOf(reader: Reader) {
  const { resourceMetrics, errors } = await reader.collect();
  expect(errors).toEqual([]);
  const metrics = resourceMetrics.scopeMetrics.flatMap((each) => each.metrics);
  return metrics
    .filter(({ descriptor: { name } }) => MEASURED.has(name))
    .map(({ descriptor: { name, unit, description, valueType }, dataPoints, ...head }) => ({
      ...head,
      ...{ name, unit, description, valueType },
      points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

test("whoever wants all of it is told what the SDK would tell", async () => {
  const { add, record, theirs, ours } = measureTwice(AggregationTemporality.CUMULATIVE);
  for (let round = 0; round < 2; round++) {
    add(1, { event: "http.request", level: "info" });
    add(2, { event: "http.refused", level: "info" });
    for (const seconds of [0.001, 0.005, 0.0051, 1, 9.99, 10, 11]) record(seconds, { peer: "database" });
    record(0.2, { peer: "database", "error.type": "23505" });
    record(0.3, {});
    expect(await ours()).toEqual(await theirs());
  }
});

test("whoever wants what is new is told what the SDK would tell, but for extremes", async () => {
  const { add, record, theirs, ours } = measureTwice(AggregationTemporality.DELTA);
  for (let round = 0; round < 3; round++) {
    if (round < 2) add(round + 1, { event: "http.request", level: "info" });
    record(0.25, { peer: "database" });
    const whole = (await theirs()).map(({ points, ...head }) => ({
      ...head,
      points: points.map(({ attributes, value }) => {
        if (typeof value === "number") return { attributes, value };
        const { min: _, max: __, ...rest } = value;
        return { attributes, value: rest };
      }),
    }));
    expect(await ours()).toEqual(whole);
  }
});

test("what comes under too many attributes is counted together, as the SDK does", async () => {
  const { add, theirs, ours } = measureTwice(AggregationTemporality.CUMULATIVE);
  for (let each = 0; each < 2_005; each++) add(1, { event: `no.${each}` });
  expect(await ours()).toEqual(await theirs());
});
