import { AppError } from "../errors";
import { allowOf } from "./allow";
import { allowOrigin, preflight } from "./cors";
import { type Handler, handle } from "./handle";
import type { Route } from "./route";

const ANY = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

type RouteContext = { params: Promise<unknown> };
type Resource = Record<
  "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS",
  Handler<Request, RouteContext>
>;

/**
 * Every method of one path, for Next to export: those of `routes`, HEAD with GET, OPTIONS for a preflight, and 405
 * with `Allow` for the rest (RFC 9110 section 15.5.6), where Next alone would answer without a body.
 */
export function resource(...routes: Route[]): Resource {
  const allow = allowOf(routes.map(({ method }) => method));
  const refused = handle(async () => {
    throw new AppError("method_not_allowed", { allow });
  });
  const answering = (method: string) => {
    const found = routes.find((route) => route.method === (method === "HEAD" ? "GET" : method));
    return allowingOrigin(found?.handle ?? refused);
  };
  return {
    GET: answering("GET"),
    HEAD: answering("HEAD"),
    POST: answering("POST"),
    PUT: answering("PUT"),
    PATCH: answering("PATCH"),
    DELETE: answering("DELETE"),
    OPTIONS: handle(async (request) => preflight(request, allow)),
  };
}

function allowingOrigin(answer: Handler<Request, RouteContext>): Handler<Request, RouteContext> {
  return (request, context) => answer(request, context).then((given) => allowOrigin(request, given));
}

/** A path that is not there, whichever the method; a page of a listed origin may read that too. */
export function unknownResource(): Resource {
  const refused = handle(async () => {
    throw new AppError("not_found");
  });
  const notFound = allowingOrigin(refused);
  return {
    GET: notFound,
    HEAD: notFound,
    POST: notFound,
    PUT: notFound,
    PATCH: notFound,
    DELETE: notFound,
    // A browser asks before it sends, and would else show nothing of the 404 that follows.
    OPTIONS: async (request, context) => {
      const isPreflight = request.headers.has("access-control-request-method");
      return isPreflight ? preflight(request, ANY) : notFound(request, context);
    },
  };
}
