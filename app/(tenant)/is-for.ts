import { mayManageTenants, type TenantContext } from "@/lib/auth/tenancy/tenant";
import type { Needs } from "@/lib/feature-page";
import { may } from "@/lib/roles";

/** Whether a page, or what is begun on it, is for somebody. */
export function isFor({ role, principal }: Pick<TenantContext, "role" | "principal">, needs: Needs): boolean {
  return needs === "operator" ? mayManageTenants(principal) : may(role, needs);
}
