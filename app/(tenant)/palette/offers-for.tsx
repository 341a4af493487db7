import { Plus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { FEATURES } from "@/lib/features";
import { may, type Role } from "@/lib/roles";
import { NavIcon } from "../nav-icon";
import { pagesFor } from "../pages-for";
import type { Choice, Searched } from "./choice";
import type { Offers } from "./palette-dialog";

/** What the palette has for a role: its pages, what it may begin, and the lists that it may search. */
export async function offersFor(role: Role): Promise<Offers> {
  const nav = await getTranslations("nav");
  const t = await getTranslations("palette");
  const pages = pagesFor(role).map(
    ({ name, icon }): Choice => ({ id: name, label: nav(name as "home"), href: `/${name}`, icon }),
  );
  const allowed = FEATURES.flatMap(({ name, page }) =>
    page && may(role, page.needs) ? [{ name, ...page }] : [],
  );
  const begun = allowed.flatMap(({ begin = [] }) =>
    begin
      .filter(({ needs }) => may(role, needs))
      .map(
        ({ label, href }): Choice => ({
          id: label,
          label: t(label as "title"),
          href,
          icon: <Plus aria-hidden="true" className="size-4 shrink-0 bar:size-5" />,
        }),
      ),
  );
  const lists = allowed.flatMap(({ name, icon, find }): Searched[] =>
    find ? [{ ...find, name, icon: <NavIcon of={icon} /> }] : [],
  );
  return { places: [...pages, ...begun], lists };
}
