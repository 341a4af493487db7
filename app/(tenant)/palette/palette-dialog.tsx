"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "../../ui/dialog";
import { useGoal } from "../../use-goal";
import { useRouter } from "../../use-router";
import { type Choice, fitting, type Searched } from "./choice";
import { useRows } from "./use-rows";

export type Offers = { places: readonly Choice[]; lists: readonly Searched[] };
type Props = Offers & { onClosed: () => void };

/** A field and what fits what is typed in it: the arrow keys choose, Enter goes there. */
export function PaletteDialog({ places, lists, onClosed }: Props) {
  const t = useTranslations("palette");
  const router = useRouter();
  const goLater = useGoal();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { rows, isSearching } = useRows(lists, typed);
  const choices = [...fitting(places, typed), ...rows];
  const chosen = Math.min(at, choices.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  function go({ href }: Choice, close: () => void) {
    close();
    if (!goLater(href)) router.push(href);
  }

  function onKeyDown(event: KeyboardEvent, close: () => void) {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = choices[chosen];
    if (by !== undefined && choices.length > 0) {
      const next = (chosen + by + choices.length) % choices.length;
      setAt(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && choice) go(choice, close);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title={t("title")} onClosed={onClosed}>
      {(close) => (
        <>
          <input
            role="combobox"
            aria-label={t("field")}
            aria-expanded="true"
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={choices.length > 0 ? optionId(chosen) : undefined}
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            placeholder={t("field")}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              setAt(0);
            }}
            onKeyDown={(event) => onKeyDown(event, close)}
            className="min-h-11 w-full rounded-lg border border-control bg-surface px-3 text-base sm:text-sm"
          />
          <p role="status" className="sr-only">
            {!isSearching && t("found", { count: choices.length })}
          </p>
          <div
            role="listbox"
            id={id}
            aria-label={t("title")}
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
                onClick={() => go(choice, close)}
                className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm text-muted aria-selected:bg-raised aria-selected:text-ink"
              >
                {choice.icon}
                <bdi className="min-w-0 truncate">{choice.label}</bdi>
              </div>
            ))}
          </div>
          {choices.length === 0 && !isSearching && (
            <p className="px-1 py-4 text-sm text-muted">{t("nothing")}</p>
          )}
        </>
      )}
    </Dialog>
  );
}
