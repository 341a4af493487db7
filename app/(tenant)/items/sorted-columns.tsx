"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Sort } from "@/lib/items/kinds";
import { COLUMNS } from "./columns";

type Props = { sort: Sort; onSort: (sort: Sort) => void };

/** What the columns are called, where there is room for columns; those that can be sorted by are pressed. */
export function SortedColumns({ sort, onSort }: Props) {
  const t = useTranslations("items");
  return (
    <div className="flex items-center border-b border-line bg-raised/40 pr-12 pl-11 text-xs font-medium text-muted max-md:hidden print:hidden">
      <Column className={COLUMNS.name} by="name" {...{ sort, onSort }}>
        {t("name")}
      </Column>
      <span className={`${COLUMNS.description} px-2`}>{t("description")}</span>
      <span className={`${COLUMNS.owner} px-2`}>{t("owner")}</span>
      <Column className={COLUMNS.changed} by="changed" {...{ sort, onSort }}>
        {t("changed")}
      </Column>
    </div>
  );
}

type ColumnProps = Props & { by: "name" | "changed"; className: string; children: ReactNode };

/** Pressed once it sorts as one most likely wants it: names from A, changes from the last. Once more turns it round. */
function Column({ by, sort, onSort, className, children }: ColumnProps) {
  const first: Sort = by === "name" ? "name" : "-changed";
  const other: Sort = by === "name" ? "-name" : "changed";
  const isSorted = sort === first || sort === other;
  const Arrow = sort.startsWith("-") ? ArrowDown : ArrowUp;
  return (
    <span className={`${className} px-2`}>
      <button
        type="button"
        aria-pressed={isSorted}
        onClick={() => onSort(sort === first ? other : first)}
        className={`-mx-2 inline-flex min-h-11 items-center gap-1 rounded-lg px-2 hover:text-ink ${isSorted ? "text-ink" : ""}`}
      >
        {children}
        {isSorted && <Arrow aria-hidden="true" className="size-3" />}
      </button>
    </span>
  );
}
