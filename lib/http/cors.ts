import { SHOWN_TENANT, SHOWN_TO } from "../auth/session/shown-headers";
import { env } from "../env";

/** How long a browser may remember a preflight (seconds). */
const REMEMBER_SECONDS = 600;
const SENDABLE = [
  "Authorization",
  "Content-Type",
  "If-Match",
  "If-None-Match",
  "Idempotency-Key",
  "Last-Event-ID",
];
const READABLE = "ETag, Link, Location, Retry-After, WWW-Authenticate, X-Request-Id";

/**
 * Lets the pages of a listed origin read this answer (`CORS_ALLOWED_ORIGINS`, exact match, none by default). Never
 * with credentials: a page of another origin calls with its own bearer token, and our cookie stays ours. Fetch, 3.2.
 */
export function allowOrigin<Answer extends Pick<Response, "headers">>(
  request: Pick<Request, "headers">,
  response: Answer,
): Answer {
  if (env().CORS_ALLOWED_ORIGINS.length === 0) return response;
  // Also on an answer to an origin that is not listed: a cache must not hand one's answer to the other.
  response.headers.append("Vary", "Origin");
  if (!isAllowed(request)) return response;
  response.headers.set("Access-Control-Allow-Origin", request.headers.get("origin") ?? "");
  response.headers.set("Access-Control-Expose-Headers", READABLE);
  return response;
}

/** The answer to OPTIONS: which methods there are, and for a page of a listed origin that it may use them. */
export function preflight(request: Request, allow: string): Response {
  const response = new Response(null, { status: 204, headers: { Allow: allow } });
  if (isAllowed(request) && request.headers.has("access-control-request-method")) {
    response.headers.set("Access-Control-Allow-Methods", allow);
    response.headers.set(
      "Access-Control-Allow-Headers",
      [...SENDABLE, env().TENANT_HEADER, SHOWN_TO, SHOWN_TENANT].join(", "),
    );
    response.headers.set("Access-Control-Max-Age", String(REMEMBER_SECONDS));
  }
  return allowOrigin(request, response);
}

function isAllowed(request: Pick<Request, "headers">): boolean {
  return env().CORS_ALLOWED_ORIGINS.includes(request.headers.get("origin") ?? "");
}
