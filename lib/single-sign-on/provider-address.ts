import { BlockList, isIP } from "node:net";
import { env } from "../env";
import { isLoopback } from "../loopback";

/** What is in no public network (RFC 6890), as far as an address says it by itself. */
const INSIDE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  INSIDE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  INSIDE.addSubnet(net, bits, "ipv6");

const OWN_NAMES = /(^|\.)(localhost|local|internal|home\.arpa|lan)$/;

/**
 * Whether an identity provider may be there. Cognito fetches it, and never this server, so that nothing of our network is
 * reached by it; what is plainly no provider on the internet is told at once. Where Cognito itself is local, it is.
 */
export function isProviderAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== "" || password !== "" || hash !== "" || text.includes("#")) return false;
  if (isLoopback(hostname)) return isCognitoLocal() && /^https?:$/.test(protocol);
  return protocol === "https:" && isPublic(hostname);
}

function isPublic(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const family = isIP(host);
  if (family === 4) return !INSIDE.check(host, "ipv4");
  // An IPv4 address in IPv6's clothes is checked as the former by BlockList.
  if (family === 6) return !INSIDE.check(host, "ipv6");
  return host.includes(".") && !OWN_NAMES.test(host);
}

function isCognitoLocal(): boolean {
  const { COGNITO_ENDPOINT } = env();
  return COGNITO_ENDPOINT !== undefined && isLoopback(new URL(COGNITO_ENDPOINT).hostname);
}
