import type { IncomingHttpHeaders } from "node:http";
import type { Call, Reply } from "./reply";

/**
 * What pages of any origin may call, as on AWS: the API (of it only what needs no signature: see `dispatch`), keys and
 * discovery, and the endpoints where tokens are got, used and revoked. Everything else stays without these headers.
 */
const SHARED = /^\/(?:|oauth2\/(?:token|userInfo|revoke)|[\w-]+\/\.well-known\/[\w.-]+)$/;

/** Never with credentials: what a page may do here is in what it sends, not in the browser's cookies. */
const ANY_ORIGIN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "date, retry-after, x-amzn-errormessage, x-amzn-errortype, x-amzn-requestid",
};

/** The CORS headers (Fetch standard, "CORS protocol") of every answer under this path: none where pages may not call. */
export function sharing(path: string): Record<string, string> {
  return SHARED.test(path) ? ANY_ORIGIN : {};
}

/** The answer to a preflight for a path that pages may call; undefined for any other request. */
export function preflightReply(
  method: string | undefined,
  path: string,
  headers: IncomingHttpHeaders,
): Reply | undefined {
  if (method !== "OPTIONS" || !headers["access-control-request-method"] || !SHARED.test(path))
    return undefined;
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": allowedHeaders(path, headers["access-control-request-headers"]),
      "access-control-max-age": "7200",
      // Chromium asks this of a page on the internet that calls loopback (WICG, "Private Network Access").
      ...(headers["access-control-request-private-network"] && {
        "access-control-allow-private-network": "true",
      }),
      vary: "access-control-request-headers, access-control-request-private-network",
    },
    body: "",
  };
}

/** Whatever the page asks for, as on AWS; but not the header that says a call of the API is signed. */
function allowedHeaders(path: string, asked = ""): string {
  const names = asked.split(",").map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== "" && (path !== "/" || name !== "authorization")).join(", ");
}

/** Whether the request comes from a page of this server, or from no page at all. */
export function isOwnOrigin({ headers, origin }: Call): boolean {
  return headers.origin === undefined || headers.origin === origin;
}
