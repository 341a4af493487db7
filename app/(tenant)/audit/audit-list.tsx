"use client";

import { useState } from "react";
import { useFollowedLinks } from "../../use-followed-links";
import { AuditEntry } from "./audit-entry";
import { EntryDialog, type EntryWords } from "./entry-dialog";
import type { ShownEntry } from "./shown-entry";

type Props = { days: { day: string; entries: ShownEntry[] }[]; words: EntryWords & { onlyActor: string } };

/** The entries under their days. One listener follows the links and opens the details of all of them. */
export function AuditList({ days, words }: Props) {
  const follow = useFollowedLinks();
  const [opened, setOpened] = useState<ShownEntry | null>(null);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are links and buttons inside. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link or button that is pressed by key is clicked, too. */}
      <div className="space-y-6" onClick={follow}>
        {days.map(({ day, entries }) => (
          <section key={day} aria-label={day} className="space-y-2">
            <h2 className="text-sm font-semibold">{day}</h2>
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
              {entries.map((entry) => (
                <AuditEntry key={entry.event.id} {...{ entry, words }} onOpen={() => setOpened(entry)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {opened && <EntryDialog entry={opened} words={words} onClosed={() => setOpened(null)} />}
    </>
  );
}
