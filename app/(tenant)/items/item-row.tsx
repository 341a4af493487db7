"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Item } from "@/lib/items/contract";
import { Moment } from "../../ui/moment";
import { unsteered } from "../../words/unsteered";
import { PersonName } from "../person-name";

type Props = { item: Item; onEdit: (() => void) | null; onDelete: (() => void) | null };

/** One item. Where it cannot be opened, the row shows all of its description. */
export function ItemRow({ item, onEdit, onDelete }: Props) {
  const t = useTranslations("items");
  return (
    <li
      data-item={item.id}
      tabIndex={-1}
      className="flex items-center pr-1 -outline-offset-2 hover:bg-raised/60"
    >
      <Opener onOpen={onEdit}>
        <span className="block min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-3">
          <span
            className={`relative block text-sm font-medium sm:max-w-[55%] sm:shrink-0 ${onEdit ? "truncate" : "break-words"}`}
          >
            {onEdit ? (
              t.rich("editRow", {
                hidden: (verb) => <span className="sr-only">{verb}</span>,
                name: () => <bdi>{item.name}</bdi>,
              })
            ) : (
              <bdi>{item.name}</bdi>
            )}
          </span>
          {item.description && (
            <span
              dir="auto"
              className={`block min-w-0 text-start text-sm text-muted ${onEdit ? "truncate" : "break-words whitespace-pre-line"}`}
            >
              {item.description}
            </span>
          )}
        </span>
        <span className="block shrink-0 text-xs text-muted tabular-nums max-sm:mt-0.5 sm:text-right">
          <PersonName person={item.owner} /> · <Moment iso={item.created_at} />
        </span>
      </Opener>
      {onDelete ? (
        <button
          type="button"
          aria-label={t("deleteNamed", { name: unsteered(item.name) })}
          title={t("delete")}
          onClick={onDelete}
          className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-danger"
        >
          <Trash2 className="size-4" />
        </button>
      ) : (
        onEdit && <span className="size-11 shrink-0" />
      )}
    </li>
  );
}

/** The content of the row, as a button where the item can be opened. */
function Opener({ onOpen, children }: { onOpen: (() => void) | null; children: ReactNode }) {
  const look =
    "block min-h-11 min-w-0 flex-1 px-4 py-2.5 text-left sm:flex sm:items-baseline sm:gap-6 sm:px-5";
  if (!onOpen) return <div className={look}>{children}</div>;
  return (
    <button type="button" onClick={onOpen} className={`${look} -outline-offset-2!`}>
      {children}
    </button>
  );
}
