import { memo, type ReactNode } from "react";
import type { Item } from "@/lib/items/contract";
import { Drawing } from "../../ui/drawings";
import { Moment } from "../../ui/moment";
import { unsteered } from "../../words/unsteered";

export type RowWords = {
  /** What a screen reader says around the name that opens the item. */
  edit: { before: string; after: string };
  select: (name: string) => string;
  /** What somebody is called. */
  person: (who: Item["owner"]) => string;
  delete: string;
  deleteNamed: (name: string) => string;
};
export type RowActs = {
  choose: (id: string, isChosen: boolean) => void;
  edit: (id: string) => void;
  delete: (item: Item) => void;
};

type Props = {
  item: Item;
  words: RowWords;
  acts: RowActs;
  isNew: boolean;
  isChosen: boolean;
  canEdit: boolean;
  canDelete: boolean;
};

/**
 * One item, as a line of the table or, on a phone, as a card. Opened to be edited, or to be read. Rendered again only when
 * it is another: of 2,000 rows, a tick concerns one.
 */
export const ItemRow = memo(Row, isSame);

/** What the server has sent once more is the same while its version is, and what its owner is called. */
function isSame({ item: before, ...shown }: Props, { item, ...next }: Props): boolean {
  const isSameOwner =
    before.owner.name === item.owner.name && before.owner.is_member === item.owner.is_member;
  return (
    before.id === item.id &&
    before.version === item.version &&
    isSameOwner &&
    Object.entries(next).every(([key, value]) => shown[key as keyof typeof next] === value)
  );
}

function Row({ item, words, acts, isNew, isChosen, canEdit, canDelete }: Props) {
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
            onChange={(event) => acts.choose(item.id, event.target.checked)}
            className="size-4 accent-accent"
          />
        </label>
      </td>
      <td className="p-0 align-top font-medium max-md:col-span-2 max-md:col-start-2 max-md:row-start-1">
        <Opener id={item.id} onOpen={canEdit ? acts.edit : null}>
          {canEdit && <span className="sr-only">{words.edit.before}</span>}
          <bdi>{item.name}</bdi>
          {canEdit && <span className="sr-only">{words.edit.after}</span>}
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
        {canDelete && (
          <button
            type="button"
            aria-label={words.deleteNamed(name)}
            title={words.delete}
            onClick={() => acts.delete(item)}
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

type OpenerProps = { id: string; onOpen: ((id: string) => void) | null; children: ReactNode };

/** The name of the row: a button where the item can be edited, else a link to its page. */
function Opener({ id, onOpen, children }: OpenerProps) {
  const look = "relative block min-h-11 w-full truncate px-2 py-3 text-left -outline-offset-2!";
  if (!onOpen) {
    return (
      <a href={`/items/${id}`} className={look}>
        {children}
      </a>
    );
  }
  return (
    <button type="button" onClick={() => onOpen(id)} className={look}>
      {children}
    </button>
  );
}
