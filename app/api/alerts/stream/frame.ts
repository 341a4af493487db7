import type { WatchEvent } from "@/lib/alerts/watch-alerts";
import type { StreamEvent } from "@/lib/http/event-stream";

/** What changes in alerts, as it is sent; the operation `watchAlerts` describes it. */
export function frame(event: WatchEvent): StreamEvent {
  switch (event.type) {
    case "alerts":
      return { name: event.type, data: event.alerts, id: event.at.toISOString() };
    case "reset":
      return { name: event.type, data: null, id: event.at.toISOString() };
    case "live":
      return { name: event.type, data: { live: event.live } };
    case "end":
      return { name: event.type, data: { code: event.code, reason: event.reason } };
    case "beat":
      return null;
  }
}
