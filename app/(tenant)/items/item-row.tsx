import type { ReactNode } from "react";
import type { Item } from "@/lib/items/contract";
import { Drawing } from "../../ui/drawings";
import { Moment } from "../../ui/moment";
import { unsteered } from "../../words/unsteered";

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
  isNew: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onEdit: (() => void) | null;
  onDelete: (() => void) | null;
};

/** One item, as a line of the table or, on a phone, as a card. Opened to be edited, or to be read. */
export function ItemRow({ item, words, isNew, isChosen, onChoose, onEdit, onDelete }: Props) {
  const name = unsteered(item.name);
  return (
    <tr
      data-item={item.id}
      tabIndex={-1}
      className={`cursor-pointer -outline-offset-2 hover:bg-raised/60 max-md:grid max-md:grid-cols-[2.75rem_minmax(0,max-content)_minmax(7rem,1fr)_2.75rem] ${isNew ? "animate-arrival" : ""} ${isChosen ? "bg-accent/5" : ""}`}
    >
      <td className="p-0 align-top max-md:col-start-1 max-md:row-start-1 print:hidden">
        <label className="flex size-11 items-center justify-center">
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={words.select(name)}
            onChange={(event) => onChoose(event.target.checked)}
            className="size-4 accent-accent"
          />
        </label>
      </td>
      <td className="p-0 align-top font-medium max-md:col-span-2 max-md:col-start-2 max-md:row-start-1">
        <Opener id={item.id} onOpen={onEdit}>
          {onEdit && <span className="sr-only">{words.edit.before}</span>}
          <bdi>{item.name}</bdi>
          {onEdit && <span className="sr-only">{words.edit.after}</span>}
        </Opener>
      </td>
      <td
        dir="auto"
        className="truncate px-2 py-3 text-start align-top text-muted max-md:col-span-2 max-md:col-start-2 max-md:row-start-2 max-md:py-0"
      >
        {item.description}
      </td>
      <td className={`${DETAIL} max-md:col-start-2 max-md:pr-0`}>
        <bdi>{words.person(item.owner)}</bdi>
      </td>
      <td
        className={`${DETAIL} max-md:col-start-3 max-md:pl-0 max-md:before:px-1.5 max-md:before:content-['·'/'']`}
      >
        <Moment iso={item.updated_at} />
      </td>
      <td className="p-0 align-top max-md:col-start-4 max-md:row-start-1 print:hidden">
        {onDelete && (
          <button
            type="button"
            aria-label={words.deleteNamed(name)}
            title={words.delete}
            onClick={onDelete}
            className="inline-flex size-11 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-danger active:bg-line"
          >
            <Drawing of="delete" className="size-4" />
          </button>
        )}
      </td>
    </tr>
  );
}

const DETAIL =
  "truncate px-2 py-3 align-top text-muted tabular-nums max-md:row-start-3 max-md:pt-0.5 max-md:pb-2.5 max-md:text-xs";

/** The name of the row: a button where the item can be edited, else a link to its page. */
function Opener({ id, onOpen, children }: { id: string; onOpen: (() => void) | null; children: ReactNode }) {
  const look = "relative block min-h-11 w-full truncate px-2 py-3 text-left -outline-offset-2!";
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
