import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { type CurrentRequest, REQUEST_ID, type WithRequests } from "../current-request";
import { env } from "../env";
import { log } from "../log";
import { type Attributes, type TraceParent, telemetry } from "../telemetry/telemetry";
import { routePattern } from "./route-pattern";

const shared = globalThis as WithRequests & { sekishoRequests?: AsyncLocalStorage<CurrentRequest> };
shared.sekishoRequests ??= new AsyncLocalStorage();
const requests = shared.sekishoRequests;

/** What the answers of our server can do besides (infra/server/secured-response.mjs). */
type OfServer = {
  answerThatItPasses: NonNullable<CurrentRequest["answerThatItPasses"]>;
  goOn(begin: () => void, leave: () => void): boolean;
  endWith: NonNullable<CurrentRequest["endWith"]>;
};

/** W3C Trace Context, section 3.2. Versions to come may have more at their end; zeros and version ff are no trace. */
const TRACE_PARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:(?<!^00.*)-.*)?$/;

/**
 * Does what a request asks for. All that is logged meanwhile carries its id and its trace, and one line says in the end
 * what became of it: `status` is null when nothing was answered, `is_cut` says that the answer was not taken to its end.
 */
export function enterRequest(
  request: IncomingMessage & { body?: Uint8Array },
  response: ServerResponse & Partial<OfServer>,
  work: () => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const { method = "" } = request;
  const route = routePattern(request.url ?? "");
  const { id, parent } = given(request.headers);
  const span = telemetry()?.beginRequest(`${method} ${route}`, parent) ?? null;
  const current: CurrentRequest = {
    id,
    traceId: span?.traceId ?? parent?.traceId ?? null,
    span,
    route,
    operation: null,
    tenant: null,
    subject: null,
    code: null,
    isOver: false,
    goOn: (begin, leave) =>
      response.goOn?.(() => requests.run(current, () => begin(response)), leave) ?? false,
    endWith: (status, text) => response.endWith?.(status, text) ?? false,
    body: () => request.body,
    answerThatItPasses: (status, retryAfter) => response.answerThatItPasses?.(status, retryAfter),
  };
  response.once("close", () => {
    const { tenant, subject, code } = current;
    const status = response.headersSent ? response.statusCode : null;
    const ms = performance.now() - began;
    const isCut = !response.writableFinished;
    requests.run(current, () =>
      log("info", "http.request", {
        method,
        route,
        status,
        ms: Math.round(ms),
        tenant,
        subject,
        ...(code !== null && { code }),
        ...(isCut && { is_cut: true }),
      }),
    );
    // A stream lasts as long as somebody reads it: that is none of how long requests take.
    const isStream = String(response.getHeader("Content-Type")).startsWith("text/event-stream");
    measure(current, method, status, isStream ? null : ms);
    current.isOver = true;
  });
  return requests.run(current, work);
}

/** @see https://opentelemetry.io/docs/specs/semconv/http/ for the names that are not ours. */
function measure(current: CurrentRequest, method: string, status: number | null, ms: number | null): void {
  const open = telemetry();
  if (!open) return;
  const { id, span, route, operation, tenant, subject, code } = current;
  const attributes: Attributes = { "http.request.method": method, "http.route": route };
  if (status !== null) attributes["http.response.status_code"] = status;
  if (code !== null) attributes["error.type"] = code;
  if (ms !== null) open.record("http.server.request.duration", ms / 1_000, attributes);
  if (span === null) return;
  const ofOne: Attributes = { ...attributes, "sekisho.request_id": id };
  if (operation !== null) ofOne["sekisho.operation"] = operation;
  if (tenant !== null) ofOne["sekisho.tenant"] = tenant;
  if (subject !== null) ofOne["sekisho.subject"] = subject;
  span.end(ofOne, status === null || status >= 500);
}

/** The ids that a trusted proxy gave; those of anybody else could be those of another request. */
function given(headers: IncomingHttpHeaders): { id: string; parent: TraceParent | null } {
  const isTrusted = (env().TRUSTED_PROXY_HOPS ?? 0) > 0;
  const id = isTrusted ? String(headers["x-request-id"] ?? "") : "";
  const [, , traceId, spanId, flags = ""] =
    TRACE_PARENT.exec(isTrusted ? String(headers.traceparent ?? "") : "") ?? [];
  return {
    id: REQUEST_ID.test(id) ? id : randomUUID(),
    parent: traceId && spanId ? { traceId, spanId, flags: Number.parseInt(flags, 16) & 1 } : null,
  };
}
