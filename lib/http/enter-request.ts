import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { type CurrentRequest, REQUEST_ID, type WithRequests } from "../current-request";
import { env } from "../env";
import { log } from "../log";
import { routePattern } from "./route-pattern";

const shared = globalThis as WithRequests & { sekishoRequests?: AsyncLocalStorage<CurrentRequest> };
shared.sekishoRequests ??= new AsyncLocalStorage();
const requests = shared.sekishoRequests;

/** W3C Trace Context, section 3.2. Versions to come may have more at their end; zeros and version ff are no trace. */
const TRACE_PARENT =
  /^(?:00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}|(?!00|ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?)$/;

/**
 * Does what a request asks for. All that is logged meanwhile carries its id and its trace, and one line says in the end
 * what became of it: `status` is null when nothing was answered, `is_cut` says that the answer was not taken to its end.
 */
export function enterRequest(
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const current: CurrentRequest = {
    ...idsOf(request.headers),
    route: routePattern(request.url ?? ""),
    tenant: null,
    subject: null,
    code: null,
    isOver: false,
  };
  const { method } = request;
  response.once("close", () => {
    const { route, tenant, subject, code } = current;
    const status = response.headersSent ? response.statusCode : null;
    const ms = Math.round(performance.now() - began);
    const isCut = !response.writableFinished;
    requests.run(current, () =>
      log("info", "http.request", {
        method,
        route,
        status,
        ms,
        tenant,
        subject,
        ...(code !== null && { code }),
        ...(isCut && { is_cut: true }),
      }),
    );
    current.isOver = true;
  });
  return requests.run(current, work);
}

/** Those of a trusted proxy are taken over; from anybody else they could be those of another request. */
function idsOf(headers: IncomingHttpHeaders): { id: string; traceId: string | null } {
  const isTrusted = (env().TRUSTED_PROXY_HOPS ?? 0) > 0;
  const given = isTrusted ? String(headers["x-request-id"] ?? "") : "";
  const [, first, other] = TRACE_PARENT.exec(isTrusted ? String(headers.traceparent ?? "") : "") ?? [];
  return { id: REQUEST_ID.test(given) ? given : randomUUID(), traceId: first ?? other ?? null };
}
