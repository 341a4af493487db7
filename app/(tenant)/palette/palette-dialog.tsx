"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useGoal } from "../../use-goal";
import { useRouter } from "../../use-router";
import { fitting, type Place, placesIn, type Searched } from "./choice";
import { SearchDialog } from "./search-dialog";
import { useRows } from "./use-rows";

export type Offers = { places: readonly Place[]; lists: readonly Searched[] };
type Props = Offers & { onClosed: () => void };

/** Goes to what is chosen: a page, something to begin, a row of a list. */
export function PaletteDialog({ places, lists, onClosed }: Props) {
  const t = useTranslations("palette");
  const router = useRouter();
  const goLater = useGoal();
  const [typed, setTyped] = useState("");
  const { rows, isSearching, hasFailed } = useRows(lists.map(placesIn), typed);

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
