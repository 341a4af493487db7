import type { TenantContext } from "../auth/tenancy/tenant";
import type { Watch, WatchSign } from "../auth/tenancy/watch";
import { eventStream, STREAM_HEADERS, type StreamEvent } from "./event-stream";
import { lastEventMoment } from "./last-event-id";

type Asked = {
  tenant: TenantContext;
  authorise: () => Promise<TenantContext>;
  query: { since?: string | undefined };
  request: Request;
};

type Told = { type: string };

/**
 * Answers what is watched as server-sent events, from when the reader was told everything (`Last-Event-ID`, else `since`).
 *
 * @param frame a change as it is sent.
 * @throws AppError as `watch` and lastEventMoment do.
 */
export function watchStream<Change extends Told>(
  { tenant, authorise, query, request }: Asked,
  watch: (tenant: TenantContext, watch: Watch) => AsyncGenerator<Change | WatchSign, void>,
  frame: (change: Change) => StreamEvent,
): Response {
  const since = lastEventMoment(request) ?? (query.since === undefined ? undefined : new Date(query.since));
  // Nobody reads the body of HEAD, so nobody would ever end it.
  if (request.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort());
  const events = watch(tenant, { since, again: authorise, signal: leaving.signal });
  return eventStream(
    events,
    (event) => (isSign(event) ? sign(event) : frame(event)),
    () => leaving.abort(),
  );
}

function isSign(event: Told): event is WatchSign {
  return event.type === "live" || event.type === "beat" || event.type === "end";
}

function sign(event: WatchSign): StreamEvent {
  switch (event.type) {
    case "live":
      return { name: event.type, data: { live: event.live } };
    case "end":
      return { name: event.type, data: { code: event.code, reason: event.reason } };
    case "beat":
      return null;
  }
}
