import { randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { PEER_HEADER } from "../auth/limits/client-address";
import { isOtherSpelling } from "../auth/tenancy/tenant-host";
import { currentRequest } from "../current-request";
import { endNotices } from "../db/tenant-notices";
import { env } from "../env";
import { AppError, type ErrorCode } from "../errors";
import { fieldError } from "../field-error";
import { log } from "../log";
import type { Operation } from "../operation";
import { telemetry } from "../telemetry/telemetry";
import { allowedMethods, isApi, operationsAt, withoutEndSlash } from "./allowed-methods";
import { allowOrigin } from "./cors";
import { enterRequest } from "./enter-request";
import { policyHeaders } from "./policy-headers";
import { problemOf } from "./problem";
import { bodyTooLarge, LIMITS, requireWithinBounds } from "./request-bounds";
import { isRouterState } from "./router-state";
import { isUrlEncodedUtf8 } from "./well-formed";

/** The methods that Next hands on to a handler. It makes a `Request` of each, and there is none with TRACE. */
const OF_HANDLERS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Next's own, in development: what its overlay asks for. */
const OF_NEXT = /^\/(_next\/|__nextjs)/;

/** An answer that is written before Next is asked. */
export type Refusal = { status: number; reason: string; headers: Record<string, string>; body: string };

/** What infra/server asks about every request before Next reads it. */
export type FrontDoor = {
  limits: typeof LIMITS;
  /** On every answer that does not say otherwise. */
  headers: Record<string, string>;
  /** Around all that is done for a request: it has an id for the log, and a line there in the end. */
  enter(request: IncomingMessage, response: ServerResponse, work: () => Promise<void>): Promise<void>;
  /** Why a request goes no further, by its head alone; null when it may. */
  refuse(request: IncomingMessage): Refusal | null;
  /** The same by what became of its body. */
  refuseReceived(request: IncomingMessage, outcome: "whole" | "too_large"): Refusal | null;
  /** Whether the answer may go on for longer than a moment, by the head of the request. */
  mayGoOn(request: IncomingMessage): boolean;
  /** A refusal of no request in particular. */
  refusal(code: ErrorCode): Refusal;
  /** Which code Node's own refusal of a connection stands for. */
  codeOf(error: Error): ErrorCode;
  /** Puts on the log what nobody else has caught. */
  failed(error: unknown): void;
  /** How long the process may take to stop, and how long of that it goes on accepting connections. */
  stop: { seconds: number; acceptSeconds: number };
  /** Ends what would not end by itself: no connection is accepted any more. */
  leave(): void;
  /** Sends what is measured and not sent yet. */
  flush(): Promise<void>;
  /** Puts on the log that the process ends though connections are left. */
  cut(connections: number): void;
};

/** What infra/server and the application inside it share; both are compiled apart. */
export type SharedWithServer = typeof globalThis & {
  sekishoServer?: {
    open(door: FrontDoor): void;
    isStopping: boolean;
  };
};

/** The questions that the server asks, answered by the settings of this process. */
export function frontDoor(): FrontDoor {
  return {
    limits: LIMITS,
    headers: policyHeaders(),
    enter: enterRequest,
    refuse: (request) => {
      // Next knows no connection: whom it is with goes along in a header, over whatever the caller sent in it.
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
      return refusalOr(request, () => requireFit(request), elsewhereOf(request));
    },
    refuseReceived: (request, outcome) =>
      refusalOr(request, () => {
        if (outcome === "too_large") throw bodyTooLarge();
      }),
    mayGoOn: ({ method, url = "" }) =>
      method === "GET" && operationsAt(withoutEndSlash(pathOf(url))).some(isStream),
    refusal: (code) => written(new AppError(code)),
    codeOf: codeOfNode,
    failed: (error) => log("error", "http.uncaught", { error }),
    stop: { seconds: env().STOP_SECONDS, acceptSeconds: env().STOP_ACCEPT_SECONDS },
    leave: endNotices,
    flush: async () => telemetry()?.close(),
    cut: (connections) => log("warn", "http.connections_cut", { connections }),
  };
}

function isStream({ answer }: Operation): boolean {
  return answer.contentType === "text/event-stream";
}

function refusalOr(
  request: IncomingMessage,
  check: () => void,
  otherwise: Refusal | null = null,
): Refusal | null {
  try {
    check();
    return otherwise;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return written(error, request);
  }
}

function requireFit(request: IncomingMessage): void {
  requireWithinBounds(request);
  requireOneHost(request);
  const { method = "", url = "", headers } = request;
  const path = pathOf(url);
  if (!isUrlEncodedUtf8(url.slice(url.search(/\?|$/)))) throw malformed("query");
  const isDevelopment = env().NODE_ENV === "development";
  const isKnown = OF_HANDLERS.has(method) && (isApi(path) || (isDevelopment && OF_NEXT.test(path)));
  if (!isKnown && method !== "GET" && method !== "HEAD") {
    const allow = allowedMethods(path);
    throw allow === null ? new AppError("not_found") : new AppError("method_not_allowed", { allow });
  }
  if (Number(headers["content-length"]) > LIMITS.bodyBytes) throw bodyTooLarge();
  const state = headers["next-router-state-tree"];
  if (state !== undefined && !isRouterState(String(state))) {
    const fields = [fieldError("Next-Router-State-Tree", "malformed", "is not what the router sends")];
    throw new AppError("invalid_request", { fields });
  }
}

/** Of two, a proxy may go by the one and Node by the other. @throws AppError `invalid_request` (RFC 9112 section 3.2). */
function requireOneHost({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): void {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
  if (hosts.length <= 1) return;
  throw new AppError("invalid_request", { fields: [fieldError("Host", "malformed", "must come once")] });
}

/**
 * The path of an address, decoded.
 *
 * @throws AppError `invalid_request` when its percent signs stand for nothing: Next answers 500 to some of them.
 */
function pathOf(url: string): string {
  // `*` of OPTIONS, or an absolute address as a proxy would be asked for.
  if (!url.startsWith("/")) throw new AppError("not_found");
  const path = url.replace(/[?#].*$/s, "");
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw malformed("path", error);
  }
}

function malformed(field: "path" | "query", cause?: unknown): AppError {
  return new AppError("invalid_request", {
    cause,
    fields: [fieldError(field, "malformed", "is not percent-encoded UTF-8")],
  });
}

/** Sends who opens a page under another spelling of a laptop's address to the right one; Next cannot say so. */
function elsewhereOf({ url = "", headers }: IncomingMessage): Refusal | null {
  const isFile = url.startsWith("/_next/") || isApi(url.replace(/[?#].*$/s, ""));
  if (isFile || !isOtherSpelling(headers.host ?? null)) return null;
  const Location = new URL(env().NEXTAUTH_URL).origin + url;
  return { status: 307, reason: STATUS_CODES[307] ?? "", headers: { Location }, body: "" };
}

function written(error: AppError, request?: IncomingMessage): Refusal {
  const current = currentRequest();
  const requestId = current?.id ?? randomUUID();
  if (current) current.code = error.code;
  const { method } = request ?? {};
  log("info", "http.refused", { request_id: requestId, method, route: current?.route, code: error.code });
  const headers = new Headers({ Origin: request?.headers.origin ?? "" });
  const answer = allowOrigin({ headers }, problemOf(error, requestId));
  answer.headers.set("X-Request-Id", requestId);
  const { status, text: body } = answer;
  return { status, reason: STATUS_CODES[status] ?? "", headers: Object.fromEntries(answer.headers), body };
}

/** Node, "Class: http.Server", event `clientError`. */
function codeOfNode(error: Error & { code?: string }): ErrorCode {
  if (error.code === "HPE_HEADER_OVERFLOW") return "header_fields_too_large";
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") return "request_timeout";
  return "invalid_request";
}
