import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { featurePagesFor } from "./is-for";
import type { NavPage } from "./nav-links";

/** The pages that somebody may see, in the order of the navigation. */
export function pagesFor(tenant: TenantContext): NavPage[] {
  return [
    { name: "home", icon: "home" },
    ...featurePagesFor(tenant).map(
      ({ name, icon, isInMenu }): NavPage => ({ name, icon, ...(isInMenu && { isInMenu }) }),
    ),
    { name: "account", icon: "person" },
  ];
}
