import type { IncomingMessage } from "node:http";
import { protocol } from "../model/failures";

/** How the server is reached. */
export interface Serving {
  /** The names it answers to, beside those of loopback: without a port, an IPv6 address in brackets. */
  allowedHosts: ReadonlySet<string>;
  /** Whether what a proxy says of a request counts. */
  trustProxy: boolean;
}

/**
 * The origin under which a request came, as its browser sees it: `https://login.test`.
 *
 * A web page whose name is made to lead here (DNS rebinding) would otherwise be as good as the developer. That page can
 * send any header of a proxy too, but not another `Host`: what both say must be served.
 * @throws AccessDeniedException for a name that is not served
 */
export function originOf(
  { headers, headersDistinct, socket }: IncomingMessage,
  { allowedHosts, trustProxy }: Serving,
): string {
  const forwarded = trustProxy ? listOf(headers["x-forwarded-host"]) : [];
  const hosts = [...(headersDistinct.host ?? [""]), ...forwarded];
  for (const host of hosts) if (!isServed(host, allowedHosts)) throw protocol.foreignHost(host);
  const [proxied] = trustProxy ? listOf(headers["x-forwarded-proto"]) : [];
  const scheme = proxied === "https" || (proxied === undefined && "encrypted" in socket) ? "https" : "http";
  // As browsers word it: without the port that the scheme has anyway.
  return new URL(`${scheme}://${forwarded[0] ?? headers.host}`).origin;
}

function isServed(host: string, allowed: ReadonlySet<string>): boolean {
  const name = /^([\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
  if (name === undefined || !URL.canParse(`http://${host}`)) return false;
  return isLoopback(name) || allowed.has(name);
}

/** Whether a host name, or an address as in a URL, is this machine's alone. */
export function isLoopback(name: string): boolean {
  return name === "127.0.0.1" || name === "[::1]" || name === "localhost" || name.endsWith(".localhost");
}

function listOf(header: string | string[] | undefined): string[] {
  return String(header ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
