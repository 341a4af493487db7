import { FEATURES } from "../../lib/features";
import { HOME } from "../../lib/home";
import type { Role } from "../../lib/roles";
import { matrixOf, nameOf } from "./matrix";

/** The pages that a role may see, by name and in the order of the navigation, whatever the code makes of permissions. */
export function pagesOf(role: Role): string[] {
  const allowed = FEATURES.filter(
    ({ name, page }) => page && matrixOf(name).may[role]?.includes(nameOf({ access: page.needs })),
  );
  return [HOME.slice(1), ...allowed.map(({ name }) => name), "account"];
}

/** Where every page of a tenant is, for an administrator. */
export const PAGES = pagesOf("admin").map((name) => `/${name}`);
