import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { eventStream, STREAM_HEADERS, type StreamEvent } from "@/lib/http/event-stream";
import { lastEventMoment } from "@/lib/http/last-event-id";
import { type ItemsEvent, watchItems } from "@/lib/items/watch-items";

type Asked = {
  tenant: TenantContext;
  authorise: () => Promise<TenantContext>;
  query: { since?: string | undefined };
  request: Request;
};

/** That items of a tenant change, as server-sent events; the operation `watchItems` describes them. */
export function itemsStream({ tenant, authorise, query, request }: Asked): Response {
  const since = lastEventMoment(request) ?? (query.since === undefined ? undefined : new Date(query.since));
  // Nobody reads the body of HEAD, so nobody would ever end it.
  if (request.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort());
  const events = watchItems(tenant, { since, again: authorise, signal: leaving.signal });
  return eventStream(framed(events), () => leaving.abort());
}

async function* framed(events: AsyncIterable<ItemsEvent>): AsyncGenerator<StreamEvent, void> {
  for await (const event of events) yield frame(event);
}

function frame(event: ItemsEvent): StreamEvent {
  if (event.type === "beat") return null;
  if (event.type === "end") return { name: "end", data: { code: event.code, reason: event.reason } };
  return { name: "changed", data: null, id: event.at.toISOString() };
}
