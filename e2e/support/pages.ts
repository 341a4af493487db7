import { FEATURES } from "../../lib/features";
import { HOME } from "../../lib/home";
import type { Role } from "../../lib/roles";
import { matrixOf, nameOf } from "./matrix";

/** The pages in the navigation of a role, by name and in their order, whatever the code makes of permissions. */
export function pagesOf(role: Role): string[] {
  return [HOME.slice(1), ...featurePagesOf(role, false), "account"];
}

/** Those that stand in one's own menu, besides the account. */
function menuPagesOf(role: Role): string[] {
  return featurePagesOf(role, true);
}

function featurePagesOf(role: Role, inMenu: boolean): string[] {
  return FEATURES.flatMap(({ name, page }) =>
    page &&
    Boolean(page.isInMenu) === inMenu &&
    matrixOf(name).may[role]?.includes(nameOf({ access: page.needs }))
      ? [name]
      : [],
  );
}

/** Where every page of a tenant is, for an administrator. */
export const PAGES = [...pagesOf("admin"), ...menuPagesOf("admin")].map((name) => `/${name}`);
