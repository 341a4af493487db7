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
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  INSIDE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  INSIDE.addSubnet(net, bits, "ipv6");

const OWN_NAMES =
  /\.(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid|onion|alt)$/;

/**
 * An address whose host is read as it is written: a parser leaves out line breaks, decodes `%61`, and makes one name of
 * several spellings, so that what is shown would be another one than what is asked.
 */
const PLAIN =
  /^https?:\/\/([\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::[1-9]\d*)?(?:[/?][\x21\x22\x24-\x7e]*)?$/i;

/**
 * Whether an identity provider may be there. Cognito fetches it, and never this server, so that nothing of our network is
 * reached by it; what is plainly no provider on the internet is told at once. Where Cognito itself is local, it is.
 */
export function isProviderAddress(text: string): boolean {
  const [, host = ""] = PLAIN.exec(text) ?? [];
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (host === "" || host.toLowerCase() !== hostname) return false;
  if (isLoopback(hostname)) return isCognitoLocal() && /^https?:$/.test(protocol);
  return protocol === "https:" && isPublic(hostname);
}

/** Whether it may be an issuer: a discovery document is found behind it (OpenID Connect Discovery 1.0, section 4). */
export function isIssuer(text: string): boolean {
  return isProviderAddress(text) && !text.includes("?");
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
