import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { AppError } from "../errors";
import { allowOf } from "./allow";
import { handle } from "./handle";
import { OPERATIONS } from "./openapi/operations";

const KNOWN = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Asks for a method that no resource has, and is answered before Next sees it. */
const refused = handle<Request, void>(async ({ url }) => {
  const { pathname } = new URL(url);
  const allow = allowedMethods(pathname);
  throw allow === null ? new AppError("not_found") : new AppError("method_not_allowed", { allow });
});

/**
 * Answers what is neither read, written nor asked for: TRACE, PROPFIND and their like. Next makes a `Request` of what
 * comes, the fetch standard forbids one with TRACE, and the caller would be told 500 (RFC 9110 section 9.1).
 * Node tells of each request before it is handled; at a server's first one its handlers are put behind ours.
 */
export function refuseOtherMethods(): void {
  const guarded = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (guarded.has(server)) return;
    guarded.add(server);
    const listeners = server.listeners("request") as RequestListener[];
    server.removeAllListeners("request");
    server.on("request", (request, response) => {
      if (!KNOWN.has(request.method ?? "")) return void refuse(request, response);
      for (const listener of listeners) listener.call(server, request, response);
    });
  });
}

async function refuse({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  // Not a real Request: there is none with such a method. These two are all that is looked at.
  const address = URL.canParse(url ?? "", "http://host")
    ? new URL(url ?? "", "http://host").href
    : "http://host/";
  const answer = await refused({ method, url: address } as Request);
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    "X-Content-Type-Options": "nosniff",
    // What may follow is not read.
    Connection: "close",
  });
  response.end(await answer.text());
}

/** The methods of a path for `Allow`: of an operation, of NextAuth or of a page; null where the API has nothing. */
function allowedMethods(pathname: string): string | null {
  const path = pathname.replace(/(.)\/+$/, "$1");
  if (path.startsWith("/api/auth/")) return "GET, HEAD, POST";
  if (path !== "/api" && !path.startsWith("/api/")) return "GET, HEAD";
  // As Next has it: `/api/items/me` before `/api/items/{id}`.
  const exact = OPERATIONS.filter((operation) => operation.path === path);
  const found = exact.length > 0 ? exact : OPERATIONS.filter((operation) => isAt(path, operation.path));
  return found.length === 0 ? null : allowOf(found.map(({ method }) => method));
}

function isAt(path: string, template: string): boolean {
  const [parts, expected] = [path.split("/"), template.split("/")];
  const isAlike = (part: string, index: number) => part.startsWith("{") || part === parts[index];
  return parts.length === expected.length && expected.every(isAlike);
}
