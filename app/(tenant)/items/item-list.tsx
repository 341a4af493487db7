"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Item } from "@/lib/items/contract";
import type { Sort } from "@/lib/items/kinds";
import { Button } from "../../ui/button";
import { Drawings } from "../../ui/drawings";
import { EmptyState } from "../../ui/empty-state";
import { useFollowedLinks } from "../../use-followed-links";
import { phraseAround } from "../../words/phrase-around";
import { unsteered } from "../../words/unsteered";
import { usePersonName } from "../person-name";
import { ItemRow, type RowActs, type RowWords } from "./item-row";
import type { Asked } from "./links";
import { focusRow, openClicked, rowOf } from "./row-elements";
import { SortedColumns } from "./sorted-columns";

/** Who looks at the list, and what they may do there. */
export type Rights = { me: string; canWrite: boolean; canDeleteAny: boolean };

/** Whether somebody may delete an item: one's own, or anyone's as an administrator. */
export function mayDelete({ me, canWrite, canDeleteAny }: Rights, item: Item): boolean {
  return canWrite && (item.owner_sub === me || canDeleteAny);
}

type ListProps = {
  asked: Asked;
  rows: Item[];
  /** The same with those that have just gone: where they were closes. */
  all: Item[];
  gone: ReadonlySet<string>;
  /** Those that have just come. */
  arrived: ReadonlySet<string>;
  rights: Rights;
  chosen: Item[];
  onSort: (sort: Sort) => void;
  onChoose: (id: string, isChosen: boolean) => void;
  onOpen: (id: string) => void;
  onDelete: (item: Item) => void;
  /** The last row is deleted: the focus needs another place. */
  onEmpty: () => void;
};

/** The rows under their columns. Their words are looked up once for all of them. */
export function ItemList(props: ListProps) {
  const { asked, rows, all, gone, arrived, rights, chosen } = props;
  const { onSort, onChoose, onOpen, onDelete, onEmpty } = props;
  const t = useTranslations("items");
  const follow = useFollowedLinks();
  const ids = new Set(chosen.map(({ id }) => id));
  const words = useRowWords();

  function deleteAndGoOn(item: Item) {
    const at = rows.findIndex(({ id }) => id === item.id);
    const next = rows[at + 1] ?? rows[at - 1];
    const row = next && rowOf(next.id);
    if (row) focusRow(row);
    else onEmpty();
    onDelete(item);
  }

  const acts = useStable<RowActs>({ choose: onChoose, edit: onOpen, delete: deleteAndGoOn });
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface">
      <Drawings of={{ delete: Trash2 }} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: each row has a button or a link, which are pressed by key. */}
      <table
        aria-label={t("title")}
        className="w-full table-fixed text-left text-sm max-md:block"
        onClick={(event) => {
          follow(event);
          openClicked(event);
        }}
      >
        <SortedColumns sort={asked.sort ?? "-created"} onSort={onSort} />
        <tbody className="divide-y divide-line max-md:block">
          {all.map((item) =>
            gone.has(item.id) ? (
              <Gap key={item.id} />
            ) : (
              <ItemRow
                key={item.id}
                {...{ item, words, acts }}
                isNew={arrived.has(item.id)}
                isChosen={ids.has(item.id)}
                canEdit={rights.canWrite}
                canDelete={mayDelete(rights, item)}
              />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function useRowWords(): RowWords {
  const t = useTranslations("items");
  const person = usePersonName();
  return useMemo(() => {
    const [before = "", after = ""] = t
      .markup("editRow", { hidden: (words) => words, name: () => "\uE000" })
      .split("\uE000");
    return {
      edit: { before, after },
      select: phraseAround((name) => t("select", { name })),
      person,
      delete: t("delete"),
      deleteNamed: phraseAround((name) => t("deleteNamed", { name })),
    };
  }, [t, person]);
}

/** The same functions at every rendering, which do what those of the last one do. */
function useStable<Acts extends Record<string, (...of: never[]) => void>>(acts: Acts): Acts {
  const last = useRef(acts);
  useLayoutEffect(() => {
    last.current = acts;
  });
  const [stable] = useState(() => {
    const names = Object.keys(acts) as (keyof Acts)[];
    const each = names.map((name) => [name, (...of: never[]) => last.current[name]?.(...of)]);
    return Object.fromEntries(each) as Acts;
  });
  return stable;
}

/** Where a row was: it closes. */
function Gap() {
  return (
    <tr className="max-md:block">
      <td colSpan={6} className="p-0 max-md:block">
        <div className="animate-gap" />
      </td>
    </tr>
  );
}

type NoItemsProps = {
  q: string;
  isNarrowed: boolean;
  canWrite: boolean;
  onAdd: () => void;
  onClear: () => void;
};

export function NoItems({ q, isNarrowed, canWrite, onAdd, onClear }: NoItemsProps) {
  const t = useTranslations("items");
  if (!isNarrowed) {
    return (
      <EmptyState title={t("none")}>
        <p>{canWrite ? t("addFirst") : t("nobodyAdded")}</p>
        {canWrite && (
          <Button className="mt-4" onClick={onAdd}>
            {t("addOne")}
          </Button>
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t("nothingFound")}>
      <p className="break-words">{q ? t("nothingFoundWords", { q: unsteered(q) }) : t("nothingFitsWords")}</p>
      <Button className="mt-4" onClick={onClear}>
        {t("clear")}
      </Button>
    </EmptyState>
  );
}
