"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { Alert } from "@/lib/alerts/contract";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { LoadMore } from "../../ui/load-more";
import { useFollowedLinks } from "../../use-followed-links";
import { useRouter } from "../../use-router";
import type { AlertFilter } from "./alert-address";
import { beside } from "./alert-list";
import { AlertRow, RowDrawings } from "./alert-row";
import { LiveStatus } from "./live-status";
import { useRowWords } from "./row-words";
import { SelectionBar } from "./selection-bar";
import { useAlertList } from "./use-alert-list";
import { useAlertStream } from "./use-alert-stream";
import { isBusy, useKeptFocus } from "./use-kept-focus";
import { useMove } from "./use-move";
import { useSelection } from "./use-selection";

const NONE = { open: "noneOpen", acknowledged: "noneAcknowledged", resolved: "noneResolved" } as const;

type Props = {
  filter: AlertFilter;
  rows: Alert[];
  next: string | null;
  /** When the rows were read: from then on the page hears of changes. */
  since: string;
  canWrite: boolean;
  /** Alerts were raised or moved on: whatever counts them is out of date. */
  onChanged: () => void;
};

/** A list of alerts as they are now, and what can be done with them. */
export function LiveAlerts({ filter, rows, next, since, canWrite, onChanged }: Props) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const words = useRowWords();
  const follow = useFollowedLinks();
  const list = useAlertList({ rows, next }, filter);
  const { selected, select, selectOnly, unselect } = useSelection(rows);
  const section = useRef<HTMLElement>(null);
  const keepFocus = useKeptFocus(section);

  const [connection, tryNow] = useAlertStream(since, {
    onAlerts: (changed) => {
      list.hear(changed, selected.size === 0 && !isBusy(section.current));
      if (changed.length > 0) onChanged();
    },
    onReset: () => router.refresh(),
  });

  const { moving, refusals, move } = useMove((result) => {
    const { ids } = result;
    unselect(ids);
    list.settle(result);
    onChanged();
    keepFocus(ids.length === 1 ? [...ids, beside(list.shown, ids)] : []);
  });

  function showHeld() {
    list.reveal();
    keepFocus([list.held[0]?.id]);
  }

  const movable = list.shown.filter(({ status }) => status !== "resolved");
  const none =
    filter.status && !filter.severity && !filter.source && !filter.raised && !filter.assignee
      ? NONE[filter.status]
      : "none";
  return (
    <section ref={section} aria-label={t("title")} tabIndex={-1}>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <LiveStatus connection={connection} onRetry={tryNow} />
        <p aria-live="polite" className="ml-auto">
          {list.held.length > 0 ? (
            <Button look="quiet" className="-mr-4" onClick={showHeld}>
              {t("showNew", { count: list.held.length })}
            </Button>
          ) : (
            <span className="sr-only">
              {list.arrived.size > 0 && t("arrived", { count: list.arrived.size })}
            </span>
          )}
        </p>
      </div>
      {list.shown.length === 0 ? (
        <EmptyState title={t(none)}>{t("quiet")}</EmptyState>
      ) : (
        <div className="overflow-clip rounded-xl border border-line bg-surface">
          <RowDrawings />
          {canWrite && movable.length > 0 && (
            <SelectionBar
              {...{ movable, moving }}
              chosen={list.shown.filter(({ id }) => selected.has(id))}
              onSelectOnly={selectOnly}
              onMove={move}
            />
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by key is clicked, too. */}
          <ul className="divide-y divide-line" onClick={follow}>
            {list.shown.map((alert) => (
              <AlertRow
                key={alert.id}
                {...{ alert, words }}
                isNew={list.arrived.has(alert.id)}
                refusal={refusals.get(alert.id)}
                write={
                  canWrite
                    ? {
                        isSelected: selected.has(alert.id),
                        onSelect: (isSelected) => select(alert.id, isSelected),
                        moving,
                        onMove: (status) => move([alert], status),
                      }
                    : null
                }
              />
            ))}
          </ul>
        </div>
      )}
      {list.next !== null && (
        <div className="mt-4">
          <LoadMore
            pending={list.isLoading}
            onClick={() => void list.loadMore(([first]) => keepFocus([first?.id]))}
          />
        </div>
      )}
    </section>
  );
}
