import { expectedOrigin } from "../auth/tenancy/tenant-host";
import { AppError } from "../errors";

const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * Refuses a write that a browser sends with its cookie from any page but ours. `SameSite=Lax` alone lets sibling
 * subdomains through. OWASP ASVS 5.0, 3.5.
 *
 * @throws AppError `cross_origin`.
 */
export function requireSameOrigin(request: Pick<Request, "method" | "headers">): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { headers } = request;
  if (headers.get("origin") !== expectedOrigin(headers.get("host"))) throw new AppError("cross_origin");
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") throw new AppError("cross_origin");
}
