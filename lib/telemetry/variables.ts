import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);
const milliseconds = z.coerce.number().int().min(100).max(3_600_000);
const METRICS_EXPORTERS = ["otlp", "prometheus", "none"] as const;
const SAMPLERS = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/**
 * OpenTelemetry's own variables that are heeded; other `OTEL_EXPORTER_OTLP_*` are those of the exporter.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const TELEMETRY_VARIABLES = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Where a collector of OpenTelemetry listens, such as http://localhost:4318: traces and metrics go there. Without this and the next two variables nothing is measured.",
    ),
  OTEL_TRACES_EXPORTER: z
    .enum(["otlp", "none"])
    .optional()
    .describe("Where traces go, otlp or none; without it otlp where there is an endpoint."),
  OTEL_METRICS_EXPORTER: z
    .string()
    .transform((list) => list.split(",").map((each) => each.trim()))
    .pipe(z.array(z.enum(METRICS_EXPORTERS, "must list some of otlp, prometheus, none")))
    .optional()
    .describe(
      "Where metrics go, otlp, prometheus, both or none; without it otlp where there is an endpoint.",
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe("Headers for the collector, such as a key: name=value, separated by commas."),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .enum(["http/json"], "is not spoken: http/json is, to the port that takes http/protobuf")
    .optional()
    .describe("http/json, which is the only one that is spoken."),
  OTEL_EXPORTER_PROMETHEUS_HOST: z
    .string()
    .min(1)
    .default("localhost")
    .describe(
      "Where Prometheus finds /metrics: anybody who reaches it may read. 0.0.0.0 from other machines.",
    ),
  OTEL_EXPORTER_PROMETHEUS_PORT: port.default(9_464).describe("The port of that."),
  OTEL_SERVICE_NAME: z.string().min(1).default("sekisho").describe("What this service is called there."),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default("parentbased_always_on")
    .describe(`Which requests have a trace: ${SAMPLERS.join(", ")}.`),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("The share of them with traceidratio, from 0 to 1."),
  OTEL_BSP_SCHEDULE_DELAY: milliseconds
    .default(5_000)
    .describe("How long traces wait for each other to be sent together, in milliseconds."),
  OTEL_METRIC_EXPORT_INTERVAL: milliseconds
    .default(60_000)
    .describe("How often metrics are sent, in milliseconds."),
  OTEL_SDK_DISABLED: z.enum(["true", "false"]).default("false").describe("true: nothing of all that."),
};

const Settings = z.object(TELEMETRY_VARIABLES);
export type TelemetrySettings = z.output<typeof Settings>;
