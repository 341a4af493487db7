"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Item } from "@/lib/items/contract";
import { showAddress } from "../../shown-address";
import { Button } from "../../ui/button";
import { LoadMore } from "../../ui/load-more";
import { Notice } from "../../ui/notice";
import { errorWords } from "../../words/error-words";
import { ItemList, NoItems, type Rights } from "./item-list";
import { ItemsBar } from "./items-bar";
import { ItemsTools } from "./items-tools";
import { KeysDialog } from "./keys-dialog";
import { type Asked, itemsAddress } from "./links";
import { OpenedItem } from "./opened-item";
import { useChosen } from "./use-chosen";
import { useDelete } from "./use-delete";
import { useListKeys } from "./use-list-keys";
import { useLiveItems } from "./use-live-items";
import { type FirstItems, useLoadedItems } from "./use-loaded-items";
import { useOpenedItem } from "./use-opened-item";
import { useRowFocus } from "./use-row-focus";
import { useSearch } from "./use-search";

type Props = {
  asked: Asked;
  first: FirstItems;
  /** How many there are in all that fit; beyond a bound no more are counted. */
  total: number;
  hasMoreThanTotal: boolean;
  /** The item that the address names, also when it is not among the rows. */
  opened: Item | null;
  rights: Rights;
  /** When the list was read. */
  since: string;
};

/** The list of items: searched, ordered, loaded, gone through and written in. */
export function ItemsView({ asked, first, total, hasMoreThanTotal, opened, rights, since }: Props) {
  const { me, canWrite } = rights;
  const t = useTranslations("items");
  const errors = useTranslations("errors");
  const search = useSearch(asked);
  const list = useLoadedItems(first, asked);
  const { gone, restored, remove, undo } = useDelete();
  const rows = list.rows.filter(({ id }) => !gone.has(id));
  const { chosen, choose, chooseOnly } = useChosen(rows);
  const dialog = useOpenedItem({ ...asked, shown: list.rows.length });
  const [helps, setHelps] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const expectRows = useRowFocus({ opened: dialog.opened, count: rows.length, adding });
  useLiveItems(since);
  const focusField = () => field.current?.focus();

  async function loadMore() {
    expectRows();
    const shown = await list.loadMore();
    if (shown !== null) showAddress(itemsAddress({ ...asked, shown }));
  }

  function removeAll(items: Item[]) {
    if (items.length === rows.length) focusField();
    chooseOnly([]);
    void remove(items);
  }

  const keys = useListKeys({
    search: focusField,
    help: () => setHelps(true),
    open: canWrite ? dialog.open : null,
    choose: (id) => choose(id, !chosen.some((item) => item.id === id)),
    undo,
    loadMore: () => list.hasMore && void loadMore(),
  });

  function clear() {
    search.clear();
    focusField();
  }

  const counted = { count: total, more: String(hasMoreThanTotal) };
  const isNarrowed = itemsAddress({ ...asked, sort: undefined }) !== "/items";
  const foundInWords = isNarrowed ? t("found", counted) : t("count", counted);
  return (
    <>
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        {canWrite && (
          <Button ref={adding} look="primary" onClick={() => dialog.open("new")}>
            {t("new")}
          </Button>
        )}
      </div>
      <ItemsTools
        {...{ asked, field, search }}
        hasKey={keys.isOn}
        onLeave={() => results.current?.focus()}
        onHelp={() => setHelps(true)}
      />
      <div
        ref={results}
        tabIndex={-1}
        aria-busy={search.isSearching}
        className={`space-y-4 transition-opacity ${search.isSearching ? "opacity-60" : ""}`}
      >
        {/* There is nothing to narrow before there is something. */}
        {(rows.length > 0 || isNarrowed || search.isSearching) && (
          <ItemsBar
            {...{ asked, search, rows, chosen, rights }}
            found={search.isSearching ? "" : foundInWords}
            onChooseOnly={chooseOnly}
            onDelete={removeAll}
          />
        )}
        {rows.length === 0 ? (
          <NoItems
            {...{ q: asked.q, isNarrowed, canWrite }}
            onAdd={() => dialog.open("new")}
            onClear={clear}
          />
        ) : (
          <ItemList
            {...{ asked, rows, rights, chosen, gone }}
            all={list.rows}
            arrived={new Set([...list.arrived, ...restored])}
            onSort={(sort) => search.change({ sort })}
            onChoose={choose}
            onOpen={dialog.open}
            onDelete={(item) => void remove([item])}
            onEmpty={focusField}
          />
        )}
        {list.refusal && <Notice kind="error">{errorWords(errors, list.refusal)}</Notice>}
        {list.hasMore && <LoadMore pending={list.loading} onClick={() => void loadMore()} />}
      </div>
      {canWrite && (
        <OpenedItem
          {...{ dialog, me }}
          items={[...list.rows, ...(opened ? [opened] : [])]}
          onSaved={list.put}
        />
      )}
      {helps && (
        <KeysDialog
          isOn={keys.isOn}
          onTurn={keys.turn}
          canWrite={canWrite}
          onClosed={() => setHelps(false)}
        />
      )}
    </>
  );
}
