"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useRouter } from "../use-router";
import type { Written } from "../use-write";
import { type Choice, type ChoiceList, fitting } from "./palette/choice";
import { SearchDialog } from "./palette/search-dialog";
import { useRows } from "./palette/use-rows";

/** More than fit without scrolling: whoever looks for one types. */
const MOST = 20;

type Props = {
  title: string;
  /** What is typed into the field. */
  label: string;
  /** Stands above the field. */
  words?: ReactNode;
  list: ChoiceList<Choice>;
  /** What can be chosen besides the rows of the list. */
  besides?: readonly Choice[];
  send: (choice: Choice) => Promise<Written>;
  /** `close` gives the focus back to where it was. */
  done: (close: () => void) => unknown;
  onClosed: () => void;
};

/** Finds a row of a list and writes what is chosen by it; a refusal stays here, where another one can be chosen. */
export function WriteChoiceDialog({ list, besides = [], send, done, onClosed, ...texts }: Props) {
  const t = useTranslations("palette");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { rows, isSearching, hasFailed } = useRows([list], typed, { most: MOST, isEager: true });

  async function choose(choice: Choice, close: () => void) {
    if (pending) return;
    setPending(true);
    setRefusal(null);
    const written = await send(choice);
    // Stays pending while the page is left.
    if (written.ok) await done(close);
    setPending(false);
    if (!written.ok) setRefusal(written.message);
  }

  return (
    <SearchDialog
      {...texts}
      typed={typed}
      onTyped={(now) => {
        setTyped(now);
        setRefusal(null);
      }}
      // Last, and not while they would be the only ones: Enter takes the first.
      choices={isSearching ? rows : [...rows, ...fitting(besides, typed)]}
      isSearching={isSearching || pending}
      trouble={refusal ?? (hasFailed ? t("failed") : null)}
      onChoose={(choice, close) => void choose(choice, close)}
      onClosed={() => {
        onClosed();
        // A refusal most likely means that the page is out of date.
        if (refusal !== null) router.refresh();
      }}
    />
  );
}
