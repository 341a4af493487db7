"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Find } from "@/lib/feature-page";
import type { PageIcon } from "@/lib/page-icon";
import { useGoal } from "../../use-goal";
import { useRouter } from "../../use-router";
import { BeginIcon, NavIcon } from "../nav-icon";
import type { NavPage } from "../nav-links";
import { fitting, type Place, placesIn } from "./choice";
import { SearchDialog } from "./search-dialog";
import { useRows } from "./use-rows";

export type Offers = {
  /** `label` is a key under `palette`. */
  begun: readonly { label: string; href: string }[];
  lists: readonly (Find & { name: string; icon: PageIcon })[];
};
type Props = Offers & { pages: readonly NavPage[]; onClosed: () => void };

/** Goes to what is chosen: a page, something to begin, a row of a list. */
export function PaletteDialog({ pages, begun, lists: offered, onClosed }: Props) {
  const t = useTranslations("palette");
  const nav = useTranslations("nav");
  const router = useRouter();
  const goLater = useGoal();
  const [typed, setTyped] = useState("");
  const lists = offered.map((list) => placesIn({ ...list, icon: <NavIcon of={list.icon} /> }));
  const { rows, isSearching, hasFailed } = useRows(lists, typed);
  const places: Place[] = [
    ...pages.map(({ name, icon }) => ({
      id: name,
      label: nav(name as "home"),
      href: `/${name}`,
      icon: <NavIcon of={icon} />,
    })),
    ...begun.map(({ label, href }) => ({ id: label, label: t(label as "title"), href, icon: <BeginIcon /> })),
  ];

  function go({ href }: Place, close: () => void) {
    close();
    if (!goLater(href)) router.push(href);
  }

  return (
    <SearchDialog
      title={t("title")}
      label={t("field")}
      typed={typed}
      onTyped={setTyped}
      choices={[...fitting(places, typed), ...rows]}
      isSearching={isSearching}
      trouble={hasFailed ? t("failed") : null}
      onChoose={go}
      onClosed={onClosed}
    />
  );
}
