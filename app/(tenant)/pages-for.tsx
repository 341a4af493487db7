import { FEATURES } from "@/lib/features";
import type { PageIcon } from "@/lib/page-icon";
import { may, type Role } from "@/lib/roles";
import { NavIcon } from "./nav-icon";
import type { PageLink } from "./nav-links";

/** The pages that a role may see, in the order of the navigation. */
export function pagesFor(role: Role): PageLink[] {
  const ofFeatures = FEATURES.flatMap(({ name, page }) =>
    page && may(role, page.needs) ? [{ name, icon: page.icon }] : [],
  );
  const all: { name: string; icon: PageIcon }[] = [
    { name: "home", icon: "home" },
    ...ofFeatures,
    { name: "account", icon: "person" },
  ];
  return all.map(({ name, icon }) => ({ name, icon: <NavIcon of={icon} /> }));
}
