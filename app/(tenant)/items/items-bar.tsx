"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { Item } from "@/lib/items/contract";
import type { Sort } from "@/lib/items/kinds";
import { Button } from "../../ui/button";
import { TickAll } from "../../ui/tick-all";
import { Choose } from "../choose";
import { ChosenBar } from "../chosen-bar";
import { DownloadLink } from "../download-link";
import { mayDelete, type Rights } from "./item-list";
import { type Asked, CHANGED_WITHIN, exportAddress } from "./links";
import type { useSearch } from "./use-search";

/** As many as are deleted or named at once. */
const MOST_CHOSEN = 100;

const ORDERS = ["-created", "created", "-changed", "changed", "name", "-name"] as const satisfies Sort[];

type Props = {
  asked: Asked;
  search: ReturnType<typeof useSearch>;
  rows: Item[];
  chosen: Item[];
  rights: Rights;
  /** How many were found, in words. */
  found: string;
  onChooseOnly: (items: Item[]) => void;
  onDelete: (items: Item[]) => void;
};

/** How many there are and how they are narrowed; of those that are ticked, what can be done with all of them. */
export function ItemsBar({ asked, search, rows, chosen, rights, found, onChooseOnly, onDelete }: Props) {
  const t = useTranslations("items");
  const orders = useTranslations("itemOrders");
  const some = rows.slice(0, MOST_CHOSEN);
  const all = useRef<HTMLInputElement>(null);
  const isAll = chosen.length > 0 && some.every((item) => chosen.includes(item));
  const mine = chosen.filter((item) => mayDelete(rights, item));
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted print:hidden">
      {rows.length > 0 && (
        <TickAll
          ref={all}
          {...{ isAll, isSome: chosen.length > 0, label: t("selectAll"), className: "-my-1 ml-px" }}
          onTick={(all) => onChooseOnly(all ? some : [])}
        />
      )}
      <p role="status" className="mr-auto tabular-nums">
        {found}
      </p>
      <div className="flex max-sm:w-full">
        <Choose
          label={t("owner")}
          value={asked.owner ?? ""}
          onChoose={(owner) => search.change({ owner: owner === "me" ? "me" : undefined })}
        >
          <option value="">{t("everybodys")}</option>
          <option value="me">{t("mine")}</option>
        </Choose>
        <Choose
          label={t("changed")}
          value={asked.changed ?? ""}
          onChoose={(days) => search.change({ changed: CHANGED_WITHIN.find((each) => each === days) })}
        >
          <option value="">{t("anyTime")}</option>
          {CHANGED_WITHIN.map((days) => (
            <option key={days} value={days}>
              {t("changedWithin", { count: Number(days) })}
            </option>
          ))}
        </Choose>
        <Choose
          label={t("order")}
          value={asked.sort ?? "-created"}
          onChoose={(sort) => search.change({ sort: ORDERS.find((each) => each === sort) })}
        >
          {ORDERS.map((sort) => (
            <option key={sort} value={sort}>
              {orders(sort)}
            </option>
          ))}
        </Choose>
      </div>
      <ChosenBar
        chosen={chosen.length > 0 ? t("selected", { count: chosen.length }) : null}
        onClear={() => onChooseOnly([])}
        above={all}
      >
        <DownloadLink
          href={exportAddress(
            asked,
            chosen.slice(0, MOST_CHOSEN).map(({ id }) => id),
          )}
          label={t("exportSelected")}
          hasLabel
        />
        {rights.canWrite && (
          <Button
            look="danger"
            disabled={mine.length === 0}
            onClick={() => onDelete(mine.slice(0, MOST_CHOSEN))}
          >
            {t("deleteSelected", { count: mine.length })}
          </Button>
        )}
      </ChosenBar>
    </div>
  );
}
