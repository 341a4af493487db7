import type { ReactNode } from "react";
import type { Find } from "@/lib/feature-page";

/** Something that the palette goes to; everything in it is an address. */
export type Choice = {
  id: string;
  label: string;
  /** Beside the label, to tell two of one name apart. */
  detail?: string;
  href: string;
  icon?: ReactNode;
};

/** A list that is searched, under the name of its page. */
export type Searched = Find & { name: string; icon: ReactNode };

/** The choices that have every word that was typed, wherever it stands. */
export function fitting(choices: readonly Choice[], typed: string): Choice[] {
  const words = folded(typed).split(/\s+/);
  return choices.filter(({ label, detail = "" }) =>
    words.every((word) => folded(`${label} ${detail}`).includes(word)),
  );
}

/** The address of a row: each `{field}` is replaced by what the row has there. */
export function addressOf(href: string, row: Readonly<Record<string, unknown>>): string {
  return href.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(String(row[field] ?? "")));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}
