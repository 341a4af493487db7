import type { StreamEvent } from "@/lib/http/event-stream";
import type { ItemsEvent } from "@/lib/items/watch-items";

/** What changes in items, as it is sent; the operation `watchItems` describes it. */
export function frame(event: ItemsEvent): StreamEvent {
  if (event.type === "beat") return null;
  if (event.type === "end") return { name: "end", data: { code: event.code, reason: event.reason } };
  return { name: "changed", data: null, id: event.at.toISOString() };
}
