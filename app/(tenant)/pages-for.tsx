import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { FEATURES } from "@/lib/features";
import type { PageIcon } from "@/lib/page-icon";
import { isFor } from "./is-for";
import { NavIcon } from "./nav-icon";
import type { PageLink } from "./nav-links";

/** The pages that somebody may see, in the order of the navigation. */
export function pagesFor(tenant: TenantContext): PageLink[] {
  const ofFeatures = FEATURES.flatMap(({ name, page }) =>
    page && isFor(tenant, page.needs) ? [{ name, icon: page.icon }] : [],
  );
  const all: { name: string; icon: PageIcon }[] = [
    { name: "home", icon: "home" },
    ...ofFeatures,
    { name: "account", icon: "person" },
  ];
  return all.map(({ name, icon }) => ({ name, icon: <NavIcon of={icon} /> }));
}
