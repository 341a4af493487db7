"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Dialog } from "../../ui/dialog";
import { Notice } from "../../ui/notice";
import type { Choice } from "./choice";

type Props<C extends Choice> = {
  title: string;
  /** What is typed into the field. */
  label: string;
  /** Stands above the field. */
  words?: ReactNode;
  typed: string;
  onTyped: (typed: string) => void;
  choices: readonly C[];
  isSearching: boolean;
  /** Something went wrong: said above the choices. */
  trouble: string | null;
  /** `close` gives the focus back to where it was. */
  onChoose: (choice: C, close: () => void) => void;
  onClosed: () => void;
};

/** A field and what fits what is typed in it: the arrow keys choose, Enter takes it. */
export function SearchDialog<C extends Choice>(props: Props<C>) {
  const { title, label, words, typed, onTyped, choices, isSearching, trouble, onChoose, onClosed } = props;
  const t = useTranslations("palette");
  const id = useId();
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, choices.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  function onKeyDown(event: KeyboardEvent, close: () => void) {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = choices[chosen];
    if (by !== undefined && choices.length > 0) {
      const next = (chosen + by + choices.length) % choices.length;
      setAt(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && choice) onChoose(choice, close);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title={title} isSearch onClosed={onClosed}>
      {(close) => (
        <>
          {words}
          <input
            role="combobox"
            dir="auto"
            aria-label={label}
            aria-expanded="true"
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={choices.length > 0 ? optionId(chosen) : undefined}
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            placeholder={label}
            value={typed}
            onChange={({ target }) => {
              onTyped(target.value);
              setAt(0);
            }}
            onKeyDown={(event) => onKeyDown(event, close)}
            className="min-h-11 w-full rounded-lg border border-control bg-surface px-3 text-base sm:text-sm"
          />
          <p role="status" className="sr-only">
            {!isSearching && t("found", { count: choices.length })}
          </p>
          {trouble && (
            <div className="mt-3">
              <Notice kind="error">{trouble}</Notice>
            </div>
          )}
          <div
            role="listbox"
            id={id}
            aria-label={title}
            aria-busy={isSearching}
            className="-mx-2 mt-3 max-h-80 overflow-y-auto"
          >
            {choices.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus.
              <div
                key={choice.id}
                id={optionId(index)}
                role="option"
                tabIndex={-1}
                aria-selected={index === chosen}
                onPointerMove={() => setAt(index)}
                onClick={() => onChoose(choice, close)}
                className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm text-muted aria-selected:bg-raised aria-selected:text-ink"
              >
                {choice.icon}
                <bdi className="min-w-0 flex-1 truncate">{choice.label}</bdi>
                {choice.detail && <bdi className="max-w-1/2 shrink-0 truncate text-xs">{choice.detail}</bdi>}
              </div>
            ))}
          </div>
          {choices.length === 0 && !isSearching && !trouble && (
            <p className="px-1 py-4 text-sm text-muted">{t("nothing")}</p>
          )}
        </>
      )}
    </Dialog>
  );
}
