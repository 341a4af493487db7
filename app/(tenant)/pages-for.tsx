import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import type { PageIcon } from "@/lib/page-icon";
import { featurePagesFor } from "./is-for";
import { NavIcon } from "./nav-icon";
import type { PageLink } from "./nav-links";

type Place = PageLink & { drawn: PageIcon; isInMenu?: true };

/** The pages that somebody may see, in the order of the navigation. */
export function pagesFor(tenant: TenantContext): Place[] {
  const all: { name: string; icon: PageIcon; isInMenu?: true }[] = [
    { name: "home", icon: "home" },
    ...featurePagesFor(tenant),
    { name: "account", icon: "person" },
  ];
  return all.map(({ name, icon, isInMenu }) => ({
    name,
    icon: <NavIcon of={icon} />,
    drawn: icon,
    ...(isInMenu && { isInMenu }),
  }));
}
