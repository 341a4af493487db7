import { getTranslations } from "next-intl/server";
import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { featurePagesFor, isFor } from "../is-for";
import { BeginIcon, NavIcon } from "../nav-icon";
import { pagesFor } from "../pages-for";
import type { Place, Searched } from "./choice";
import type { Offers } from "./palette-dialog";

/** What the palette has for somebody: their pages, what they may begin, and the lists that they may search. */
export async function offersFor(tenant: TenantContext): Promise<Offers> {
  const nav = await getTranslations("nav");
  const t = await getTranslations("palette");
  const pages = pagesFor(tenant).map(
    ({ name, icon }): Place => ({ id: name, label: nav(name as "home"), href: `/${name}`, icon }),
  );
  const allowed = featurePagesFor(tenant);
  const begun = allowed.flatMap(({ begin = [] }) =>
    begin
      .filter(({ needs }) => isFor(tenant, needs))
      .map(
        ({ label, href }): Place => ({
          id: label,
          label: t(label as "title"),
          href,
          icon: <BeginIcon />,
        }),
      ),
  );
  const lists = allowed.flatMap(({ name, icon, find }): Searched[] =>
    find ? [{ ...find, name, icon: <NavIcon of={icon} /> }] : [],
  );
  return { places: [...pages, ...begun], lists };
}
