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
    <thead className="border-b border-line bg-raised/40 text-xs text-muted max-md:hidden print:hidden">
      <tr>
        <td className={COLUMNS.chosen} />
        <Column className={COLUMNS.name} by="name" {...{ sort, onSort }}>
          {t("name")}
        </Column>
        <th scope="col" className="px-2 font-medium">
          {t("description")}
        </th>
        <th scope="col" className={`${COLUMNS.owner} px-2 font-medium`}>
          {t("owner")}
        </th>
        <Column className={COLUMNS.changed} by="changed" {...{ sort, onSort }}>
          {t("changed")}
        </Column>
        <td className={COLUMNS.delete} />
      </tr>
    </thead>
  );
}

type ColumnProps = Props & { by: "name" | "changed"; className: string; children: ReactNode };

/** Pressed once it sorts as one most likely wants it: names from A, changes from the last. Once more turns it round. */
function Column({ by, sort, onSort, className, children }: ColumnProps) {
  const first: Sort = by === "name" ? "name" : "-changed";
  const other: Sort = by === "name" ? "-name" : "changed";
  const isSorted = sort === first || sort === other;
  const isDescending = sort.startsWith("-");
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : undefined}
      className={`${className} px-2 font-medium`}
    >
      <button
        type="button"
        onClick={() => onSort(sort === first ? other : first)}
        className={`-mx-2 inline-flex min-h-11 items-center gap-1 rounded-lg px-2 hover:text-ink ${isSorted ? "text-ink" : ""}`}
      >
        {children}
        {isSorted && <Arrow aria-hidden="true" className="size-3" />}
      </button>
    </th>
  );
}
