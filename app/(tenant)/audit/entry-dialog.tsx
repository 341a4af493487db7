"use client";

import type { ReactNode } from "react";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Moment } from "../../ui/moment";
import type { ShownEntry } from "./shown-entry";

/** What the parts of an entry are called. */
export type EntryWords = Record<
  "details" | "when" | "action" | "outcome" | "who" | "role" | "what" | "from" | "entry" | "close",
  string
>;
type Props = {
  entry: ShownEntry;
  words: EntryWords;
  onClosed: () => void;
};

/** All that the record says of one entry, by the names that the API and the file have for it. */
export function EntryDialog({ entry, words, onClosed }: Props) {
  const { id, created_at, action, outcome, actor, subject, detail, address } = entry.event;
  const of = (...names: (string | null | undefined)[]) =>
    names
      .filter((each) => each)
      .map((each) => (
        <bdi key={each} className="block">
          {each}
        </bdi>
      ));
  const lines: [label: string, value: ReactNode][] = [
    [words.when, <Moment key="when" iso={created_at} exact />],
    [words.action, action],
    [words.outcome, outcome],
    [words.who, of(actor?.display_name, actor?.name, actor?.sub)],
    [words.role, actor?.role],
    [words.what, of(subject?.display_name, subject?.label, subject?.id)],
    ...Object.entries(detail).map(([key, value]): [string, ReactNode] => [
      key,
      <bdi key={key}>{String(value)}</bdi>,
    ]),
    [words.from, address],
    [words.entry, id],
  ];
  return (
    <Dialog title={words.details} onClosed={onClosed}>
      {(close) => (
        <>
          <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
            {lines
              .filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value))
              .map(([label, value]) => (
                <div key={label} className="contents">
                  <dt className="text-muted">{label}</dt>
                  <dd className="min-w-0 wrap-anywhere tabular-nums">{value}</dd>
                </div>
              ))}
          </dl>
          <div className="mt-6 flex justify-end">
            <Button onClick={close}>{words.close}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
