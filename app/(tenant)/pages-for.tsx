import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import type { PageIcon } from "@/lib/page-icon";
import { featurePagesFor } from "./is-for";
import { NavIcon } from "./nav-icon";
import type { PageLink } from "./nav-links";

/** The pages that somebody may see, in the order of the navigation. */
export function pagesFor(tenant: TenantContext): PageLink[] {
  const all: { name: string; icon: PageIcon }[] = [
    { name: "home", icon: "home" },
    ...featurePagesFor(tenant),
    { name: "account", icon: "person" },
  ];
  return all.map(({ name, icon }) => ({ name, icon: <NavIcon of={icon} /> }));
}
