import type { ReactNode } from "react";
import { env } from "@/lib/env";
import { currentTenant } from "../current-tenant";
import { ShownTo } from "../shown-to";

/**
 * Around every page of a tenant, and around what they have in common: a page is fetched without that, and must say by
 * itself whose it is.
 */
export async function OfTenant({ children }: { children: ReactNode }) {
  const { tenantId, principal } = await currentTenant();
  return (
    <ShownTo sub={principal.sub} tenant={tenantId} tenantHeader={env().TENANT_HEADER}>
      {children}
    </ShownTo>
  );
}
