import { type WatchEvent, watchAlerts } from "@/lib/alerts/watch-alerts";
import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { eventStream, STREAM_HEADERS, type StreamEvent } from "@/lib/http/event-stream";
import { lastEventMoment } from "@/lib/http/last-event-id";

type Asked = {
  tenant: TenantContext;
  authorise: () => Promise<TenantContext>;
  query: { since?: string | undefined };
  request: Request;
};

/** The alerts of a tenant as they change, as server-sent events; the operation `watchAlerts` describes them. */
export function alertStream({ tenant, authorise, query, request }: Asked): Response {
  const since = lastEventMoment(request) ?? (query.since === undefined ? undefined : new Date(query.since));
  // Nobody reads the body of HEAD, so nobody would ever end it.
  if (request.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort());
  const events = watchAlerts(tenant, { since, again: authorise, signal: leaving.signal });
  return eventStream(framed(events), () => leaving.abort());
}

async function* framed(events: AsyncIterable<WatchEvent>): AsyncGenerator<StreamEvent, void> {
  for await (const event of events) yield frame(event);
}

function frame(event: WatchEvent): StreamEvent {
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
