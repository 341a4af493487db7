"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Item } from "@/lib/items/contract";
import { Moment } from "../../ui/moment";

type Props = { item: Item; isOwn: boolean; onEdit: (() => void) | null; onDelete: (() => void) | null };

const ICON =
  "inline-flex size-11 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-ink";

/** One item in a line or two. Who cannot open it sees all of its description here. */
export function ItemRow({ item, isOwn, onEdit, onDelete }: Props) {
  const t = useTranslations("items");
  return (
    <li
      data-item={item.id}
      tabIndex={-1}
      className="flex items-center gap-3 py-1 pr-1 pl-4 hover:bg-raised/50 focus:bg-raised focus:outline-offset-[-2px] sm:pl-5"
    >
      <div className="min-w-0 flex-1 py-1.5 sm:flex sm:items-baseline sm:gap-3">
        {onEdit ? (
          <button
            type="button"
            onClick={onEdit}
            className="block max-w-full truncate text-left text-sm font-medium hover:underline sm:max-w-[55%] sm:shrink-0"
          >
            {item.name}
          </button>
        ) : (
          <p className="text-sm font-medium break-words sm:max-w-[55%] sm:shrink-0">{item.name}</p>
        )}
        {item.description && (
          <p
            className={`min-w-0 text-sm text-muted ${onEdit ? "truncate" : "break-words whitespace-pre-line"}`}
          >
            {item.description}
          </p>
        )}
        <p className="mt-0.5 text-xs text-muted sm:hidden">
          <Whose isOwn={isOwn} /> · <Moment iso={item.created_at} />
        </p>
      </div>
      <p className="shrink-0 text-right text-xs text-muted tabular-nums max-sm:hidden">
        <Whose isOwn={isOwn} /> · <Moment iso={item.created_at} />
      </p>
      {onEdit && (
        <div className="flex shrink-0">
          <button
            type="button"
            aria-label={t("editNamed", { name: item.name })}
            title={t("edit")}
            onClick={onEdit}
            className={`${ICON} max-sm:hidden`}
          >
            <Pencil className="size-4" />
          </button>
          {onDelete ? (
            <button
              type="button"
              aria-label={t("deleteNamed", { name: item.name })}
              title={t("delete")}
              onClick={onDelete}
              className={`${ICON} hover:text-danger`}
            >
              <Trash2 className="size-4" />
            </button>
          ) : (
            <span className="size-11" />
          )}
        </div>
      )}
    </li>
  );
}

function Whose({ isOwn }: { isOwn: boolean }) {
  const t = useTranslations("items");
  return <span>{isOwn ? t("yours") : t("colleagues")}</span>;
}
