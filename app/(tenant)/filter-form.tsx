import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LINK_BUTTON } from "../ui/link-button";
import { FilterFields } from "./filter-fields";

type Props = {
  path: string;
  /** How many there are. */
  fields: 2 | 4 | 6;
  /** What is searched, for screen readers. */
  label: string;
  /** What the address asks for, by the names of the fields. */
  filters: Record<string, string | undefined>;
  /** What was found; said whenever it changes. */
  found: string;
  children: ReactNode;
};

/** Filters that live in the address: applied as they are changed or, where no script runs, by a button. */
export async function FilterForm({ children, ...props }: Props) {
  const t = await getTranslations("filter");
  return (
    <FilterFields {...props} clear={t("clear")}>
      {children}
      <noscript>
        <button type="submit" className={LINK_BUTTON}>
          {t("show")}
        </button>
      </noscript>
    </FilterFields>
  );
}
