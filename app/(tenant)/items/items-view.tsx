"use client";

import { Keyboard, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Item } from "@/lib/items/contract";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { Kbd } from "../../ui/kbd";
import { LoadMore } from "../../ui/load-more";
import { Notice } from "../../ui/notice";
import { useRouter } from "../../use-router";
import { errorWords } from "../../words/error-words";
import { unsteered } from "../../words/unsteered";
import { ExportLink } from "./export-link";
import { ItemDialog } from "./item-dialog";
import { ItemRow } from "./item-row";
import { KeysDialog } from "./keys-dialog";
import { itemsAddress } from "./links";
import { useDelete } from "./use-delete";
import { useKeys } from "./use-keys";
import { type FirstItems, useLoadedItems } from "./use-loaded-items";
import { useOpenedItem } from "./use-opened-item";
import { useSearch } from "./use-search";

type Props = {
  q: string;
  first: FirstItems;
  /** The item that the address names, also when it is not among the rows. */
  opened: Item | null;
  me: string;
  canWrite: boolean;
  canDeleteAny: boolean;
};

/** The list of items: searched, loaded, gone through and written in. */
export function ItemsView({ q, first, opened, me, canWrite, canDeleteAny }: Props) {
  const t = useTranslations("items");
  const errors = useTranslations("errors");
  const router = useRouter();
  const search = useSearch(q);
  const list = useLoadedItems(first, q);
  const { gone, remove, undo } = useDelete();
  const rows = list.rows.filter(({ id }) => !gone.has(id));
  const dialog = useOpenedItem({ q, shown: list.rows.length });
  const [helps, setHelps] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const adding = useRef<HTMLDivElement>(null);

  const isNew = dialog.opened === "new";
  const edited = [...list.rows, ...(opened ? [opened] : [])].find(({ id }) => id === dialog.opened) ?? null;
  const isOpen = canWrite && (isNew || edited !== null);
  const isUnknown = canWrite && dialog.opened !== null && dialog.isInAddress && !isOpen;
  // Forward may lead to an item that is gone by now: the server says so.
  useEffect(() => {
    if (isUnknown) router.refresh();
  }, [isUnknown, router]);

  // A dialog that Back closed does not give the focus back by itself.
  const wasOpen = useRef<string | null>(null);
  useEffect(() => {
    const before = wasOpen.current;
    wasOpen.current = dialog.opened;
    if (before === null || dialog.opened !== null || document.activeElement !== document.body) return;
    if (before === "new") adding.current?.querySelector("button")?.focus();
    else focusRow(rowElements().find(({ dataset }) => dataset.item === before));
  }, [dialog.opened]);

  // With the last page the button goes that was pressed for it.
  const firstLoaded = useRef<number | null>(null);
  useEffect(() => {
    if (firstLoaded.current === null || rows.length <= firstLoaded.current) return;
    if (document.activeElement === document.body) focusRow(rowElements()[firstLoaded.current]);
    firstLoaded.current = null;
  }, [rows.length]);

  async function loadMore() {
    firstLoaded.current = rows.length;
    const shown = await list.loadMore();
    if (shown !== null) window.history.replaceState(null, "", itemsAddress({ q, shown }));
  }

  function move(by: 1 | -1) {
    const all = rowElements();
    const at = all.findIndex((each) => each.contains(document.activeElement));
    const to = at === -1 ? 0 : at + by;
    focusRow(all[to]);
    if (to === all.length && list.hasMore) void loadMore();
  }

  function editCurrent() {
    const current = rowElements().find((each) => each.contains(document.activeElement));
    if (canWrite && current?.dataset.item) dialog.open(current.dataset.item);
  }

  const keys = useKeys({
    "/": () => field.current?.focus(),
    "?": () => setHelps(true),
    j: () => move(1),
    k: () => move(-1),
    e: editCurrent,
    Enter: editCurrent,
    ...(undo && { z: undo }),
    ...(canWrite && { n: () => dialog.open("new") }),
  });

  function removeAndGoOn(item: Item) {
    const at = rows.indexOf(item);
    const next = rows[at + 1] ?? rows[at - 1];
    const target = next && rowElements().find(({ dataset }) => dataset.item === next.id);
    if (target) focusRow(target);
    else field.current?.focus();
    void remove(item);
  }

  function clear() {
    search.set("");
    field.current?.focus();
  }

  async function saved(item: Item) {
    await dialog.close();
    list.put(item);
  }

  return (
    <>
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        {canWrite && (
          <div ref={adding}>
            <Button look="primary" onClick={() => dialog.open("new")}>
              {t("new")}
            </Button>
          </div>
        )}
      </div>
      <div className="flex items-center gap-2">
        <search className="relative min-w-0 flex-1">
          <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
          <input
            ref={field}
            type="search"
            dir="auto"
            aria-label={t("search")}
            placeholder={t("search")}
            value={search.text}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => search.type(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === "Enter") search.set(event.currentTarget.value);
              if (event.key === "Escape") {
                search.set("");
                results.current?.focus();
              }
            }}
            className="min-h-11 w-full rounded-lg border border-control bg-surface py-2 pr-10 pl-9 text-base placeholder:text-muted sm:text-sm [&::-webkit-search-cancel-button]:hidden"
          />
          <span className="absolute top-1/2 right-3 -translate-y-1/2">
            {search.isSearching ? (
              <span className="block size-4 animate-spin rounded-full border-2 border-muted border-r-transparent" />
            ) : (
              keys.isOn && <Kbd>/</Kbd>
            )}
          </span>
        </search>
        <ExportLink q={q} />
        <button
          type="button"
          aria-label={t("keys")}
          title={t("keys")}
          onClick={() => setHelps(true)}
          className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-ink pointer-coarse:hidden"
        >
          <Keyboard className="size-5" />
        </button>
      </div>
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
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
            {rows.map((item) => {
              const isOwn = item.owner_sub === me;
              return (
                <ItemRow
                  key={item.id}
                  item={item}
                  isOwn={isOwn}
                  onEdit={canWrite ? () => dialog.open(item.id) : null}
                  onDelete={canWrite && (isOwn || canDeleteAny) ? () => removeAndGoOn(item) : null}
                />
              );
            })}
          </ul>
        )}
        {list.refusal && <Notice kind="error">{errorWords(errors, list.refusal)}</Notice>}
        {list.hasMore && <LoadMore pending={list.loading} onClick={() => void loadMore()} />}
      </div>
      {isOpen && (
        <ItemDialog
          key={dialog.opened}
          item={isNew ? null : edited}
          me={me}
          onClosed={(isStale) => void dialog.close().then(() => isStale && router.refresh())}
          onSaved={(item) => void saved(item)}
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

function NoItems({ q, canWrite, onClear }: { q: string; canWrite: boolean; onClear: () => void }) {
  const t = useTranslations("items");
  if (!q) {
    return <EmptyState title={t("none")}>{canWrite ? t("addFirst") : t("nobodyAdded")}</EmptyState>;
  }
  return (
    <EmptyState title={t("nothingFound")}>
      <p className="break-words">{t("nothingFoundWords", { q: unsteered(q) })}</p>
      <Button className="mt-4" onClick={onClear}>
        {t("clear")}
      </Button>
    </EmptyState>
  );
}

/** The row's button, or for who cannot open it the row itself. */
function focusRow(row: HTMLElement | undefined): void {
  (row?.querySelector("button") ?? row)?.focus();
}

function rowElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("li[data-item]")];
}
