"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SearchDialog } from "../palette/search-dialog";
import { useRows } from "../palette/use-rows";
import { usePersonName } from "../person-name";
import { assigneeList } from "./assignee-list";

/** More than fit without scrolling: whoever looks for one types. */
const MOST = 20;

type Props = { onFound: (sub: string) => void; onClosed: () => void };

/** Finds whose alerts are to be shown. */
export function AssigneeDialog({ onFound, onClosed }: Props) {
  const t = useTranslations("alerts");
  const palette = useTranslations("palette");
  const nameOf = usePersonName();
  const [typed, setTyped] = useState("");
  const { rows, isSearching, hasFailed } = useRows([assigneeList(nameOf)], typed, {
    most: MOST,
    isEager: true,
  });
  return (
    <SearchDialog
      title={t("byAssignee")}
      label={t("findAssignee")}
      typed={typed}
      onTyped={setTyped}
      choices={rows}
      isSearching={isSearching}
      trouble={hasFailed ? palette("failed") : null}
      onChoose={({ id }, close) => {
        close();
        onFound(id);
      }}
      onClosed={onClosed}
    />
  );
}
