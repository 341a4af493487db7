"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Item } from "@/lib/items/contract";
import { Button } from "../../ui/button";
import { LoadMore } from "../../ui/load-more";
import { Notice } from "../../ui/notice";
import { errorWords } from "../../words/error-words";
import { ItemList, NoItems, type Rights } from "./item-list";
import { ItemsTools } from "./items-tools";
import { KeysDialog } from "./keys-dialog";
import { itemsAddress } from "./links";
import { OpenedItem } from "./opened-item";
import { useDelete } from "./use-delete";
import { useListKeys } from "./use-list-keys";
import { type FirstItems, useLoadedItems } from "./use-loaded-items";
import { useOpenedItem } from "./use-opened-item";
import { useRowFocus } from "./use-row-focus";
import { useSearch } from "./use-search";

type Props = {
  q: string;
  first: FirstItems;
  /** The item that the address names, also when it is not among the rows. */
  opened: Item | null;
  rights: Rights;
};

/** The list of items: searched, loaded, gone through and written in. */
export function ItemsView({ q, first, opened, rights }: Props) {
  const { me, canWrite } = rights;
  const t = useTranslations("items");
  const errors = useTranslations("errors");
  const search = useSearch(q);
  const list = useLoadedItems(first, q);
  const { gone, remove, undo } = useDelete();
  const rows = list.rows.filter(({ id }) => !gone.has(id));
  const dialog = useOpenedItem({ q, shown: list.rows.length });
  const [helps, setHelps] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const expectRows = useRowFocus({ opened: dialog.opened, count: rows.length, adding });
  const focusField = () => field.current?.focus();

  async function loadMore() {
    expectRows();
    const shown = await list.loadMore();
    if (shown !== null) window.history.replaceState(null, "", itemsAddress({ q, shown }));
  }

  const keys = useListKeys({
    search: focusField,
    help: () => setHelps(true),
    open: canWrite ? dialog.open : null,
    undo,
    loadMore: () => list.hasMore && void loadMore(),
  });

  function clear() {
    search.set("");
    focusField();
  }

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
        {...{ q, field, search }}
        hasKey={keys.isOn}
        onLeave={() => results.current?.focus()}
        onHelp={() => setHelps(true)}
      />
      <p role="status" className="sr-only">
        {q && !search.isSearching && t("found", { count: rows.length, more: String(list.hasMore) })}
      </p>
      <div
        ref={results}
        tabIndex={-1}
        aria-busy={search.isSearching}
        className={`space-y-4 transition-opacity ${search.isSearching ? "opacity-60" : ""}`}
      >
        {rows.length === 0 ? (
          <NoItems q={q} canWrite={canWrite} onClear={clear} />
        ) : (
          <ItemList
            {...{ rows, rights }}
            onOpen={dialog.open}
            onDelete={(item) => void remove(item)}
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
