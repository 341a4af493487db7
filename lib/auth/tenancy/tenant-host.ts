import { env } from "../../env";
import { isLoopback } from "../../loopback";
import { isReservedTenantId, isTenantId } from "./tenant-id";

/** One label of a host name, without the `xn--` of a name in another script. RFC 1123 section 2.1. */
const LABEL = /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What a host is in subdomain mode: where people sign in, a tenant's own, or nothing of ours. */
export type SiteHost = { kind: "main" } | { kind: "tenant"; tenantId: string } | { kind: "unknown" };

/**
 * Reads a `Host` header: the main domain, or exactly one label before it, each with the port of `NEXTAUTH_URL`.
 * Never `X-Forwarded-Host`, which anybody can send: a proxy has to pass `Host` on.
 */
export function siteHost(host: string | null): SiteHost {
  const main = new URL(env().NEXTAUTH_URL).host;
  const given = (host ?? "").toLowerCase();
  if (given === main) return { kind: "main" };
  const label = given.endsWith(`.${main}`) ? given.slice(0, -main.length - 1) : "";
  return LABEL.test(label) && !isReservedTenantId(label)
    ? { kind: "tenant", tenantId: label }
    : { kind: "unknown" };
}

/** The origin of a tenant's own host; null outside subdomain mode, and for a tenant whose id is no host name. */
export function tenantOrigin(tenantId: string): string | null {
  const { TENANT_MODE, MULTI_TENANT_ENABLED, NEXTAUTH_URL } = env();
  if (TENANT_MODE !== "subdomain" || !MULTI_TENANT_ENABLED) return null;
  const { protocol, host } = new URL(NEXTAUTH_URL);
  const isHost = isTenantId(tenantId) && LABEL.test(tenantId) && !isReservedTenantId(tenantId);
  return isHost ? `${protocol}//${tenantId}.${host}` : null;
}

/** The tenant whose own host a request was sent to; null for the main one, and outside subdomain mode. */
export function tenantOfHost(host: string | null): string | null {
  const { TENANT_MODE, MULTI_TENANT_ENABLED } = env();
  if (TENANT_MODE !== "subdomain" || !MULTI_TENANT_ENABLED) return null;
  const site = siteHost(host);
  return site.kind === "tenant" ? site.tenantId : null;
}

/** The origin that a browser's write to this host must come from: the tenant's, on a tenant's own host. */
export function expectedOrigin(host: string | null): string {
  const tenantId = tenantOfHost(host);
  return (tenantId && tenantOrigin(tenantId)) ?? new URL(env().NEXTAUTH_URL).origin;
}

/**
 * Whether a browser came to a laptop's own address by another spelling than `NEXTAUTH_URL` (127.0.0.1, [::1], the
 * machine's name): its cookies and its writes would be another host's. Elsewhere a proxy may call us as it likes.
 */
export function isOtherSpelling(host: string | null): boolean {
  const main = new URL(env().NEXTAUTH_URL);
  const given = (host ?? "").toLowerCase();
  if (!isLoopback(main.hostname) || given === main.host || given === "") return false;
  return env().TENANT_MODE !== "subdomain" || !given.endsWith(`.${main.host}`);
}
