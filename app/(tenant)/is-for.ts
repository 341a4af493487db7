import { mayManageTenants, type TenantContext } from "@/lib/auth/tenancy/tenant";
import type { FeaturePage, Needs } from "@/lib/feature-page";
import { FEATURES } from "@/lib/features";
import { may } from "@/lib/roles";

/** Whether a page, or what is begun on it, is for somebody. */
export function isFor({ role, principal }: Pick<TenantContext, "role" | "principal">, needs: Needs): boolean {
  return needs === "operator" ? mayManageTenants(principal) : may(role, needs);
}

/** The features' pages that somebody may see, in the order of the navigation. */
export function featurePagesFor(tenant: TenantContext): (FeaturePage & { name: string })[] {
  return FEATURES.flatMap(({ name, page }) => (page && isFor(tenant, page.needs) ? [{ name, ...page }] : []));
}
