import type { TenantContext } from "../auth/tenancy/tenant";
import type { Watch } from "../auth/tenancy/watch";
import { eventStream, STREAM_HEADERS, type StreamEvent } from "./event-stream";
import { lastEventMoment } from "./last-event-id";

type Asked = {
  tenant: TenantContext;
  authorise: () => Promise<TenantContext>;
  query: { since?: string | undefined };
  request: Request;
};

/**
 * Answers what is watched as server-sent events, from when the reader was told everything (`Last-Event-ID`, else `since`).
 *
 * @param frame an event as it is sent.
 * @throws AppError as `watch` and lastEventMoment do.
 */
export function watchStream<Event>(
  { tenant, authorise, query, request }: Asked,
  watch: (tenant: TenantContext, watch: Watch) => AsyncGenerator<Event, void>,
  frame: (event: Event) => StreamEvent,
): Response {
  const since = lastEventMoment(request) ?? (query.since === undefined ? undefined : new Date(query.since));
  // Nobody reads the body of HEAD, so nobody would ever end it.
  if (request.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort());
  const events = watch(tenant, { since, again: authorise, signal: leaving.signal });
  return eventStream(events, frame, () => leaving.abort());
}
