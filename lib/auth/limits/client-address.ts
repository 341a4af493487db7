import { isIP } from "node:net";
import { env } from "../../env";

/** Everybody whose address is not known for sure: they share what is limited per address. */
export const UNKNOWN_ADDRESS = "unknown";

/** Whom the connection is with, as our own server writes it over whatever a caller sent (lib/http/front-door.ts). */
export const PEER_HEADER = "x-sekisho-peer";

/** Addresses of one's own machine or network: whoever stands behind one is a proxy, or anybody. RFC 6890. */
const NOT_PUBLIC =
  /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe[89ab])/i;

/**
 * The address that a request came from, as far as it can be believed: `X-Forwarded-For` is written from left to
 * right, each proxy adding who spoke to it, so only the last TRUSTED_PROXY_HOPS entries are ours and everything
 * before them is the caller's invention. Where no proxy has written one, it is whom the connection is with, unless
 * that is a machine of our own network, which says nothing about who is behind it.
 */
export function clientAddress(headers: Headers): string {
  const hops = env().TRUSTED_PROXY_HOPS ?? 0;
  const entries = headers.get("x-forwarded-for")?.split(",") ?? [];
  if (hops > 0 && entries.length >= hops) {
    const address = plain(entries.at(-hops)?.trim() ?? "");
    return isIP(address) === 0 ? UNKNOWN_ADDRESS : address;
  }
  const peer = plain(headers.get(PEER_HEADER) ?? "");
  return isIP(peer) === 0 || NOT_PUBLIC.test(peer) ? UNKNOWN_ADDRESS : peer;
}

/**
 * What is counted as one address: with IPv6 its network of 64 bits, which every subscriber has to themselves
 * (RFC 6177, RFC 4291 section 2.5.4); they could otherwise come from another address each time.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap =
    tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length - (address.includes(".") ? 1 : 0));
  const groups = [...left, ...Array<string>(gap).fill("0"), ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** IPv4 inside IPv6, as a server that listens on both hears it. RFC 4291 section 2.5.5.2. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
