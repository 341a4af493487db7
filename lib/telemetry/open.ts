import { setTelemetry } from "./telemetry";
import type { TelemetrySettings } from "./variables";
import { wantedBy } from "./wanted";

/**
 * From now on this process tells what it does, where `OTEL_*` says so. Otherwise no package for it is loaded.
 *
 * @param troubled is told, without the data, when it cannot be sent.
 * @throws Error when the port for Prometheus cannot be had.
 */
export async function openTelemetry(
  settings: TelemetrySettings,
  troubled: (message: string) => void,
): Promise<void> {
  const wanted = wantedBy(settings);
  if (!wanted.traces && wanted.metrics.length === 0) return;
  const { openSdk } = await import("./sdk");
  setTelemetry(await openSdk(settings, wanted, troubled));
}
