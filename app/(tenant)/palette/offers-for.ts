import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import type { FeaturePage } from "@/lib/feature-page";
import { featurePagesFor, isFor } from "../is-for";
import type { Offers } from "./palette-dialog";

/** What the palette has for somebody besides their pages: what they may begin, and the lists that they may search. */
export function offersFor(tenant: TenantContext): Offers {
  const allowed = featurePagesFor(tenant);
  return {
    begun: allowed.flatMap(({ begin = [] }: FeaturePage) =>
      begin.filter(({ needs }) => isFor(tenant, needs)).map(({ label, href }) => ({ label, href })),
    ),
    lists: allowed.flatMap(({ name, icon, find }) => (find ? [{ ...find, name, icon }] : [])),
  };
}
