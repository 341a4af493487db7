"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Alert, AlertOutcome, AlertSummary } from "@/lib/alerts/contract";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { LoadMore } from "../../ui/load-more";
import { useToast } from "../../ui/toast";
import { shownTenant, useWrite } from "../../use-write";
import { listAddress } from "../list-address";
import type { AlertFilter } from "./alert-address";
import { AlertChart } from "./alert-chart";
import { append, listOf, reveal, settle, take } from "./alert-list";
import { AlertRow, type Moving } from "./alert-row";
import { LiveStatus } from "./live-status";
import { useAlertStream } from "./use-alert-stream";
import { useSummary } from "./use-summary";

/** As many as the API moves at once. */
const MOST_AT_ONCE = 100;
const NONE = { open: "noneOpen", acknowledged: "noneAcknowledged", resolved: "noneResolved" } as const;

type Status = Alert["status"];
type Props = {
  filter: AlertFilter;
  rows: Alert[];
  next: string | null;
  summary: AlertSummary;
  /** When the rows were read: from then on the page hears of changes. */
  since: string;
  canWrite: boolean;
  /** The ways to narrow the list down, between the counts and the list. */
  children: ReactNode;
};

/** The alerts of a tenant as they are now: the counts, the list, and what can be done with it. */
export function AlertBoard({ filter, rows, next, summary, since, canWrite, children }: Props) {
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
  const [counts, recount] = useSummary(summary);
  const section = useRef<HTMLElement>(null);
  if (given !== rows) {
    // The server has read it anew: after a write of the dialog, or because there was too much to tell.
    setGiven(rows);
    setList(listOf(rows, next));
    setSelected(new Set());
  }

  const [connection, tryNow] = useAlertStream(since, {
    onAlerts: (changed) => {
      const isCalm = selected.size === 0 && !isBusy(section.current);
      setList((before) => {
        const heard = take(before, changed, filter);
        return isCalm && heard.held.length > 0 ? reveal(heard) : heard;
      });
      if (changed.length > 0) recount();
    },
    onReset: () => router.refresh(),
  });
  useTitle(counts);

  async function move(ids: string[], status: Status) {
    setMoving({ status, ids: new Set(ids) });
    const outcomes: AlertOutcome[] = [];
    const refused = new Map<string, string>();
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      const part = ids.slice(at, at + MOST_AT_ONCE);
      const written = await write("POST", "/api/alerts/status", { body: { ids: part, status } });
      if (written.ok) outcomes.push(...(written.answer as AlertOutcome[]));
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
    recount();
    if (ids.length > 1)
      toast({
        message: t(status === "resolved" ? "resolvedMany" : "acknowledgedMany", { count: now.length }),
      });
    keepFocus(section.current, ids);
  }

  async function loadMore() {
    setIsLoading(true);
    const page = await readPage({ ...filter, cursor: list.next ?? undefined });
    setIsLoading(false);
    if (page) setList((before) => append(before, page.rows, page.next));
    else toast({ message: errors("network") });
  }

  const movable = list.shown.filter(({ status }) => status !== "resolved").map(({ id }) => id);
  const isAll = movable.length > 0 && movable.every((id) => selected.has(id));
  const chosen = list.shown.filter(({ id }) => selected.has(id));
  return (
    <>
      <AlertChart summary={counts} />
      {children}
      <section ref={section} aria-label={t("title")} tabIndex={-1} className="outline-none">
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <LiveStatus connection={connection} onRetry={tryNow} />
          <p aria-live="polite" className="ml-auto">
            {list.held.length > 0 && (
              <Button look="quiet" className="-mr-4" onClick={() => setList(reveal)}>
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
                      disabled={moving !== null || chosen.length === 0}
                      pending={moving?.status === status && moving.ids.size > 1}
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
                          onSelect: (isSelected) =>
                            setSelected(withOrWithout(selected, alert.id, isSelected)),
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
    </>
  );
}

/** Says in the title, also of a tab in the background, how many alerts are open. */
function useTitle({ open }: AlertSummary): void {
  const t = useTranslations("alerts");
  const count = open.info + open.warning + open.critical;
  const title = t("titleWithCount", { count });
  useEffect(() => {
    const before = document.title;
    // The server puts the name of the product behind it.
    document.title = `${title}${/ · [^·]+$/.exec(before)?.[0] ?? ""}`;
  }, [title]);
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

/** What had the focus may be gone: then it goes on at the alert that was worked on, else at the list. */
function keepFocus(section: HTMLElement | null, ids: string[]): void {
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const row = ids.length === 1 ? document.getElementById(`alert-${ids[0]}`) : null;
    (row?.querySelector("button") ?? row ?? section)?.focus({ preventScroll: true });
  });
}

function withOrWithout(set: ReadonlySet<string>, id: string, isIn: boolean): Set<string> {
  const changed = new Set(set);
  if (isIn) changed.add(id);
  else changed.delete(id);
  return changed;
}

/** A page of the list, and where it goes on; null when it did not come. */
async function readPage(query: AlertFilter & { cursor: string | undefined }) {
  const response = await fetch(listAddress("/api/alerts", query), { headers: shownTenant() }).catch(
    () => null,
  );
  if (!response?.ok) return null;
  const link = /<([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
  const next = link === undefined ? null : new URL(link, window.location.href).searchParams.get("cursor");
  return { rows: (await response.json()) as Alert[], next };
}
