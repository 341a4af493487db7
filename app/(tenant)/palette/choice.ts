import type { ReactNode } from "react";
import type { Find } from "@/lib/feature-page";

/** Something that can be chosen. */
export type Choice = {
  id: string;
  label: string;
  /** Beside the label, to tell two of one name apart. */
  detail?: string;
  icon?: ReactNode;
};

/** Something that the palette goes to; everything in it is an address. */
export type Place = Choice & { href: string };

type Row = Readonly<Record<string, unknown>>;
/** A list of the API that is searched, and how one of its rows is offered. */
export type ChoiceList<C extends Choice> = Pick<Find, "list" | "by"> & {
  choiceOf: (row: Row, at: number) => C;
};

/** A list that the palette searches, under the name of its page. */
export type Searched = Find & { name: string; icon: ReactNode };

/** The rows of a list as places to go to. */
export function placesIn({ list, by, name, shows, beside, href, icon }: Searched): ChoiceList<Place> {
  const choiceOf = (row: Row, at: number) => ({
    id: `${name}-${String(row.id ?? at)}`,
    label: String(row[shows] ?? ""),
    ...(beside && { detail: String(row[beside] ?? "") }),
    href: addressOf(href, row),
    icon,
  });
  return { list, by, choiceOf };
}

/** The choices that have every word that was typed, wherever it stands. */
export function fitting<C extends Choice>(choices: readonly C[], typed: string): C[] {
  const words = folded(typed).split(/\s+/);
  return choices.filter(({ label, detail = "" }) =>
    words.every((word) => folded(`${label} ${detail}`).includes(word)),
  );
}

/** The address of a row: each `{field}` is replaced by what the row has there. */
export function addressOf(href: string, row: Row): string {
  return href.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(String(row[field] ?? "")));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}
