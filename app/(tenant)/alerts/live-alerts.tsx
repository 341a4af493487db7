"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { alertOutcomeShape, alertShape } from "@/lib/alerts/answers";
import type { Alert, AlertOutcome } from "@/lib/alerts/contract";
import { arrayOf } from "@/lib/shape";
import { ask, readJson, readPage } from "../../api-client";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { LoadMore } from "../../ui/load-more";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { errorWords } from "../../words/error-words";
import { listAddress } from "../list-address";
import type { AlertFilter } from "./alert-address";
import { append, listOf, renew, reveal, settle, take } from "./alert-list";
import { AlertRow, type Moving } from "./alert-row";
import { LiveStatus } from "./live-status";
import { useAlertStream } from "./use-alert-stream";
import { useKeptFocus } from "./use-kept-focus";

const readOutcomes = readJson(arrayOf(alertOutcomeShape));

/** As many as the API moves at once. */
const MOST_AT_ONCE = 100;
const NONE = { open: "noneOpen", acknowledged: "noneAcknowledged", resolved: "noneResolved" } as const;

type Status = Alert["status"];
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
  const errors = useTranslations("errors");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const [given, setGiven] = useState(rows);
  const [list, setList] = useState(() => listOf(rows, next));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const [moving, setMoving] = useState<Moving>(null);
  const [isLoading, setIsLoading] = useState(false);
  const section = useRef<HTMLElement>(null);
  const keepFocus = useKeptFocus(section);
  if (given !== rows) {
    // The server has read it anew: after a write of the dialog, or because there was too much to tell.
    setGiven(rows);
    setList(renew(list, rows, next));
    setSelected(new Set(rows.map(({ id }) => id).filter((id) => selected.has(id))));
  }

  const [connection, tryNow] = useAlertStream(since, {
    onAlerts: (changed) => {
      const isCalm = selected.size === 0 && !isBusy(section.current);
      setList((before) => {
        const heard = take(before, changed, filter);
        return isCalm && heard.held.length > 0 ? reveal(heard) : heard;
      });
      if (changed.length > 0) onChanged();
    },
    onReset: () => router.refresh(),
  });

  async function move(ids: string[], status: Status) {
    const near = beside(list.shown, ids);
    setMoving({ status, ids: new Set(ids) });
    const outcomes: AlertOutcome[] = [];
    const refused = new Map<string, string>();
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      const part = ids.slice(at, at + MOST_AT_ONCE);
      const written = await write("POST", "/api/alerts/status", {
        body: { ids: part, status },
        read: readOutcomes,
      });
      if (written.ok) outcomes.push(...written.answer);
      else for (const id of part) refused.set(id, written.message);
    }
    for (const { id, outcome } of outcomes) {
      if (outcome === "conflict") refused.set(id, t("moved"));
      if (outcome === "not_found") refused.set(id, errors("not_found"));
    }
    setMoving(null);
    setRefusals(refused);
    setSelected(new Set([...selected].filter((id) => !ids.includes(id))));
    const now = outcomes.flatMap(({ outcome, alert }) => (alert && outcome !== "conflict" ? [alert] : []));
    const late = outcomes.flatMap(({ outcome, alert }) => (alert && outcome === "conflict" ? [alert] : []));
    setList((before) => take(settle(before, now, filter), late, filter));
    onChanged();
    if (ids.length > 1)
      toast({
        message: t(status === "resolved" ? "resolvedMany" : "acknowledgedMany", { count: now.length }),
      });
    keepFocus(ids.length === 1 ? [...ids, near] : []);
  }

  function showHeld() {
    setList(reveal);
    keepFocus([list.held[0]?.id]);
  }

  async function loadMore() {
    setIsLoading(true);
    const address = listAddress("/api/alerts", { ...filter, cursor: list.next ?? undefined });
    const page = await ask(address, { read: readPage(alertShape) });
    setIsLoading(false);
    if (page.ok) {
      setList((before) => append(before, page.answer.rows, page.answer.next));
      keepFocus([page.answer.rows[0]?.id]);
    } else toast({ message: errorWords(errors, page.error) });
  }

  const movable = list.shown.filter(({ status }) => status !== "resolved").map(({ id }) => id);
  const isAll = movable.length > 0 && movable.every((id) => selected.has(id));
  const isMovingTo = (status: Status) => moving?.status === status && moving.ids.size > 1;
  const chosen = list.shown.filter(({ id }) => selected.has(id));
  return (
    <section ref={section} aria-label={t("title")} tabIndex={-1}>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <LiveStatus connection={connection} onRetry={tryNow} />
        <p aria-live="polite" className="ml-auto">
          {list.held.length > 0 && (
            <Button look="quiet" className="-mr-4" onClick={showHeld}>
              {t("showNew", { count: list.held.length })}
            </Button>
          )}
          <span className="sr-only">{list.held.length === 0 && announced(list.arrived.size, t)}</span>
        </p>
      </div>
      {list.shown.length === 0 ? (
        <EmptyState
          title={t(filter.status && !filter.severity && !filter.source ? NONE[filter.status] : "none")}
        >
          {t("quiet")}
        </EmptyState>
      ) : (
        <div className="overflow-clip rounded-xl border border-line bg-surface">
          {canWrite && movable.length > 0 && (
            <div className="flex min-h-12 flex-wrap items-center gap-x-2 border-b border-line bg-raised/40 pr-1 pl-3">
              <label className="flex min-h-11 items-center pr-2 text-sm text-muted">
                <span className="mr-1 flex size-11 shrink-0 items-center justify-center">
                  <input
                    type="checkbox"
                    checked={isAll}
                    ref={(box) => {
                      if (box) box.indeterminate = !isAll && chosen.length > 0;
                    }}
                    onChange={() => setSelected(new Set(isAll ? [] : movable))}
                    className="size-4 accent-accent"
                  />
                </span>
                {chosen.length === 0 ? t("selectAll") : t("selected", { count: chosen.length })}
              </label>
              {/* There from the start: the list must not move when the first one is ticked. */}
              <div className="ml-auto flex flex-wrap">
                {(["acknowledged", "resolved"] as const).map((status) => (
                  <Button
                    key={status}
                    look="quiet"
                    disabled={!isMovingTo(status) && (moving !== null || chosen.length === 0)}
                    pending={isMovingTo(status)}
                    onClick={() =>
                      move(
                        chosen.map(({ id }) => id),
                        status,
                      )
                    }
                  >
                    {t(status === "resolved" ? "resolveSelected" : "acknowledgeSelected")}
                  </Button>
                ))}
              </div>
            </div>
          )}
          <ul className="divide-y divide-line">
            {list.shown.map((alert) => (
              <AlertRow
                key={alert.id}
                alert={alert}
                isNew={list.arrived.has(alert.id)}
                refusal={refusals.get(alert.id)}
                write={
                  canWrite
                    ? {
                        isSelected: selected.has(alert.id),
                        onSelect: (isSelected) => setSelected(withOrWithout(selected, alert.id, isSelected)),
                        moving,
                        onMove: (status) => move([alert.id], status),
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
          <LoadMore pending={isLoading} onClick={loadMore} />
        </div>
      )}
    </section>
  );
}

function announced(count: number, t: ReturnType<typeof useTranslations<"alerts">>): string {
  return count === 0 ? "" : t("arrived", { count });
}

/** Whether somebody is about to click in the list, or has read on below its beginning. A thumb gives no sign of it. */
function isBusy(section: HTMLElement | null): boolean {
  if (!section || section.querySelector("li") === null) return false;
  return (
    window.matchMedia("(hover: none)").matches ||
    section.matches(":hover, :focus-within") ||
    section.getBoundingClientRect().top < 0
  );
}

/** The alert after the last of these, else the one before the first: where one goes on when these are gone. */
function beside(rows: Alert[], ids: string[]): string | undefined {
  const first = rows.findIndex(({ id }) => ids.includes(id));
  const last = rows.findLastIndex(({ id }) => ids.includes(id));
  return (rows[last + 1] ?? rows[first - 1])?.id;
}

function withOrWithout(set: ReadonlySet<string>, id: string, isIn: boolean): Set<string> {
  const changed = new Set(set);
  if (isIn) changed.add(id);
  else changed.delete(id);
  return changed;
}
