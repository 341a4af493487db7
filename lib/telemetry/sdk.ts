import { randomUUID } from "node:crypto";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { meters } from "./meters";
import type { Telemetry } from "./telemetry";
import { tracer } from "./tracer";
import type { TelemetrySettings } from "./variables";
import type { Wanted } from "./wanted";

/** The process ends without what could not be sent by then (milliseconds). */
const CLOSE_MS = 3_000;
const QUIET_MS = 60_000;

/**
 * OpenTelemetry's SDK, for us alone: it is not registered for others. Next would otherwise make spans of its own, with
 * the address as it was asked for, and people put into those what they like.
 *
 * @throws as `openTelemetry`.
 */
export async function openSdk(
  settings: TelemetrySettings,
  wanted: Wanted,
  troubled: (message: string) => void,
): Promise<Telemetry> {
  const resource = defaultResource()
    .merge(
      resourceFromAttributes({
        "service.name": settings.OTEL_SERVICE_NAME,
        "service.instance.id": randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));
  listen(troubled);
  const measuring = await meters(settings, resource, wanted.metrics);
  const tracing = wanted.traces ? tracer(settings, resource) : null;
  return {
    add: measuring.add,
    record: measuring.record,
    beginRequest: (...given) => tracing?.beginRequest(...given) ?? null,
    close: async () => {
      const isOver = new Promise((resolve) => setTimeout(resolve, CLOSE_MS));
      await Promise.race([Promise.allSettled([tracing?.close(), measuring.close()]), isOver]);
    },
  };
}

/** What the SDK complains of, and not each time: where nobody takes what is sent, that is so for a while. */
function listen(troubled: (message: string) => void): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (message: string) => {
    const now = performance.now();
    if (now - toldAt < QUIET_MS) return;
    toldAt = now;
    troubled(message);
  };
  const silent = () => undefined;
  const logger = { error: tell, warn: tell, info: silent, debug: silent, verbose: silent };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
