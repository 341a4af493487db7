import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Value = { stringValue?: string; intValue?: number | string; doubleValue?: number };
type Attribute = { key: string; value: Value };
type SentSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
};
type SentPoint = {
  attributes: Attribute[];
  count?: number | string;
  asDouble?: number;
  asInt?: number | string;
};
type SentMetric = { name: string } & Partial<
  Record<"sum" | "gauge" | "histogram", { dataPoints: SentPoint[] }>
>;
type Sent = {
  resourceSpans?: { scopeSpans: { spans: SentSpan[] }[] }[];
  resourceMetrics?: { scopeMetrics: { metrics: SentMetric[] }[] }[];
};

export type Attributes = Record<string, string | number | undefined>;
export type Span = Omit<SentSpan, "attributes" | "startTimeUnixNano" | "endTimeUnixNano"> & {
  ms: number;
  attributes: Attributes;
};

/** What a collector of OpenTelemetry is: it takes OTLP as JSON over HTTP. This one keeps it. */
export class Collector {
  // Longer than the exporter leaves a connection unused: one that ends just then takes along what was sent.
  readonly #server = createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    this.texts.push(text);
    this.#take(JSON.parse(text));
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  readonly texts: string[] = [];
  readonly spans: Span[] = [];
  #metrics: SentMetric[] = [];

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** What was last said of a metric where its attributes are these: how often, or how much. */
  figure(name: string, attributes: Attributes): number {
    const metric = this.#metrics.find((each) => each.name === name);
    const points = (metric?.sum ?? metric?.gauge ?? metric?.histogram)?.dataPoints ?? [];
    const wanted = Object.entries(attributes);
    return points
      .filter((point) => {
        const own = read(point.attributes);
        return wanted.every(([key, value]) => own[key] === value);
      })
      .reduce((sum, { count, asDouble, asInt }) => sum + Number(count ?? asDouble ?? asInt), 0);
  }

  #take({ resourceSpans = [], resourceMetrics = [] }: Sent): void {
    for (const { spans } of resourceSpans.flatMap((each) => each.scopeSpans)) {
      this.spans.push(
        ...spans.map(({ startTimeUnixNano, endTimeUnixNano, attributes, ...span }) => ({
          ...span,
          attributes: read(attributes),
          ms: Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6,
        })),
      );
    }
    if (resourceMetrics.length > 0) {
      this.#metrics = resourceMetrics.flatMap((each) => each.scopeMetrics).flatMap((each) => each.metrics);
    }
  }
}

function read(attributes: Attribute[]): Attributes {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? Number(value.intValue ?? value.doubleValue),
    ]),
  );
}
