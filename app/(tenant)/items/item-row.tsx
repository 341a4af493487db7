import type { ReactNode } from "react";
import type { Item } from "@/lib/items/contract";
import { Drawing } from "../../ui/drawings";
import { Moment } from "../../ui/moment";
import { unsteered } from "../../words/unsteered";
import { COLUMNS } from "./columns";

type Props = {
  item: Item;
  words: {
    /** What a screen reader says around the name that opens the item. */
    edit: { before: string; after: string };
    select: (name: string) => string;
    /** What somebody is called. */
    person: (who: Item["owner"]) => string;
    delete: string;
    deleteNamed: (name: string) => string;
  };
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onEdit: (() => void) | null;
  onDelete: (() => void) | null;
};

/** One item, as a line of the table or, on a phone, as a card. Opened to be edited, or to be read. */
export function ItemRow({ item, words, isChosen, onChoose, onEdit, onDelete }: Props) {
  const name = unsteered(item.name);
  return (
    <li
      data-item={item.id}
      tabIndex={-1}
      className={`flex items-center pr-1 -outline-offset-2 hover:bg-raised/60 ${isChosen ? "bg-accent/5" : ""}`}
    >
      <label className="flex size-11 shrink-0 items-center justify-center self-start print:hidden">
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={words.select(name)}
          onChange={(event) => onChoose(event.target.checked)}
          className="size-4 accent-accent"
        />
      </label>
      <Opener id={item.id} onOpen={onEdit}>
        <span className={`${COLUMNS.name} relative block truncate px-2 text-sm font-medium`}>
          {onEdit && <span className="sr-only">{words.edit.before}</span>}
          <bdi>{item.name}</bdi>
          {onEdit && <span className="sr-only">{words.edit.after}</span>}
        </span>
        <span
          dir="auto"
          className={`${COLUMNS.description} block truncate px-2 text-start text-sm text-muted`}
        >
          {item.description}
        </span>
        <span className="text-xs text-muted tabular-nums max-md:mt-0.5 max-md:flex max-md:gap-1.5 max-md:px-2 md:contents md:text-sm">
          <span className={`${COLUMNS.owner} truncate md:block md:px-2 md:text-sm`}>
            <bdi>{words.person(item.owner)}</bdi>
          </span>
          <span aria-hidden="true" className="md:hidden">
            ·
          </span>
          <span className={`${COLUMNS.changed} md:block md:px-2 md:text-sm`}>
            <Moment iso={item.updated_at} />
          </span>
        </span>
      </Opener>
      {onDelete ? (
        <button
          type="button"
          aria-label={words.deleteNamed(name)}
          title={words.delete}
          onClick={onDelete}
          className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-danger active:bg-line print:hidden"
        >
          <Drawing of="delete" className="size-4" />
        </button>
      ) : (
        <span className="size-11 shrink-0" />
      )}
    </li>
  );
}

/** The content of the row: a button where the item can be edited, else a link to its page. */
function Opener({ id, onOpen, children }: { id: string; onOpen: (() => void) | null; children: ReactNode }) {
  const look = "block min-h-11 min-w-0 flex-1 py-2.5 text-left -outline-offset-2! md:flex md:items-baseline";
  if (!onOpen) {
    return (
      <a href={`/items/${id}`} className={look}>
        {children}
      </a>
    );
  }
  return (
    <button type="button" onClick={onOpen} className={look}>
      {children}
    </button>
  );
}
