import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from "@opentelemetry/otlp-exporter-base/node-http";
import type { Resource } from "@opentelemetry/resources";
import type { EndedSpan } from "./traced-request";
import { tracesJson } from "./traces-json";

type TracesExporter = {
  /** @throws what the exporter says, when nobody took them. */
  send(spans: EndedSpan[]): Promise<void>;
  close(): Promise<void>;
};

/** Sends spans as the SDK's exporter does, by the same settings; what is sent is our own text. */
export function tracesExporter({ attributes }: Resource): TracesExporter {
  const options = convertLegacyHttpOptions({}, "TRACES", "v1/traces", { "Content-Type": "application/json" });
  const serializer = {
    serializeRequest: (spans: EndedSpan[]) => Buffer.from(tracesJson(attributes, spans)),
    deserializeResponse: (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString() || "{}"),
  };
  const measured = { name: "span", countItems: (spans: EndedSpan[]) => spans.length } as const;
  const exporter = createOtlpHttpExportDelegate(
    options,
    serializer,
    "otlp_http_span_exporter",
    measured,
    undefined,
  );
  return {
    send: (spans) =>
      new Promise((resolve, reject) =>
        exporter.export(spans, ({ code, error }) =>
          code === 0 ? resolve() : reject(error ?? new Error("The spans were not taken.")),
        ),
      ),
    close: () => exporter.shutdown(),
  };
}
