import { isIP } from "node:net";
import { env } from "../env";

/** Everybody whose address is not known for sure: they share what is limited per address. */
const UNKNOWN = "unknown";

/**
 * The address that a request came from, as far as it can be believed: `X-Forwarded-For` is written from left to
 * right, each proxy adding who spoke to it, so only the last TRUSTED_PROXY_HOPS entries are ours and everything
 * before them is the caller's invention. Without a trusted proxy none of it is believed.
 */
export function clientAddress(headers: Headers): string {
  const hops = env().TRUSTED_PROXY_HOPS;
  if (hops === 0) return UNKNOWN;
  const entries = headers.get("x-forwarded-for")?.split(",") ?? [];
  const address = entries.at(-hops)?.trim() ?? "";
  return isIP(address) === 0 ? UNKNOWN : address;
}
