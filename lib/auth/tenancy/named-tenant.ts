import { env } from "../../env";
import { AppError } from "../../errors";
import { siteHost } from "./tenant-host";
import { isTenantId } from "./tenant-id";

/**
 * The tenant that a request says it means, by its header or its host as `TENANT_MODE` has it; null when it names none.
 * It grants nothing: resolveTenant holds it against the verified identity.
 *
 * @throws AppError `invalid_tenant` for a malformed name, and for a host that is not ours.
 */
export function namedTenant(headers: Headers): string | null {
  const { MULTI_TENANT_ENABLED, TENANT_MODE, TENANT_HEADER } = env();
  if (!MULTI_TENANT_ENABLED || TENANT_MODE === "claim") return null;
  if (TENANT_MODE === "subdomain") return tenantNamedByHost(headers.get("host"));
  const named = headers.get(TENANT_HEADER);
  if (named !== null && !isTenantId(named)) throw new AppError("invalid_tenant");
  return named;
}

function tenantNamedByHost(host: string | null): string | null {
  const site = siteHost(host);
  if (site.kind === "unknown") throw new AppError("invalid_tenant");
  return site.kind === "tenant" ? site.tenantId : null;
}
