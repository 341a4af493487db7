"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/lib/items/contract";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { unsteered } from "../../words/unsteered";
import { ItemRow } from "./item-row";
import { focusRow, rowOf } from "./row-elements";

/** Who looks at the list, and what they may do there. */
export type Rights = { me: string; canWrite: boolean; canDeleteAny: boolean };

type ListProps = {
  rows: Item[];
  rights: Rights;
  onOpen: (id: string) => void;
  onDelete: (item: Item) => void;
  /** The last row is deleted: the focus needs another place. */
  onEmpty: () => void;
};

export function ItemList({ rows, rights, onOpen, onDelete, onEmpty }: ListProps) {
  const { me, canWrite, canDeleteAny } = rights;

  function deleteAndGoOn(item: Item) {
    const at = rows.indexOf(item);
    const next = rows[at + 1] ?? rows[at - 1];
    const row = next && rowOf(next.id);
    if (row) focusRow(row);
    else onEmpty();
    onDelete(item);
  }

  return (
    <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
      {rows.map((item) => {
        const isOwn = item.owner_sub === me;
        return (
          <ItemRow
            key={item.id}
            item={item}
            onEdit={canWrite ? () => onOpen(item.id) : null}
            onDelete={canWrite && (isOwn || canDeleteAny) ? () => deleteAndGoOn(item) : null}
          />
        );
      })}
    </ul>
  );
}

export function NoItems({ q, canWrite, onClear }: { q: string; canWrite: boolean; onClear: () => void }) {
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
