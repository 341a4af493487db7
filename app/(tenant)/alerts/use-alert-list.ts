"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { alertShape } from "@/lib/alerts/answers";
import type { Alert } from "@/lib/alerts/contract";
import { ask, type ListPage, readPage } from "../../api-client";
import { useToast } from "../../ui/toast";
import { errorWords } from "../../words/error-words";
import { listAddress } from "../list-address";
import { type AlertFilter, queryOf } from "./alert-address";
import { append, listOf, renew, reveal, settle, take } from "./alert-list";
import type { Moved } from "./use-move";

/** As many as the API gives at once. */
const MOST_AT_ONCE = 100;

/** The list as the server read it, and what was heard, moved on and loaded since. */
export function useAlertList({ rows, next }: ListPage<Alert>, filter: AlertFilter) {
  const errors = useTranslations("errors");
  const toast = useToast();
  const [list, setList] = useState(() => listOf(rows, next));
  const [isLoading, setIsLoading] = useState(false);
  const [given, setGiven] = useState(rows);
  if (given !== rows) {
    // The page was refreshed: after a write of the dialog, or because too much had changed.
    setGiven(rows);
    setList(renew(list, rows, next));
  }

  /** @param isCalm nobody is using the list: new alerts are shown at once. */
  function hear(changed: Alert[], isCalm: boolean) {
    setList((before) => {
      const heard = take(before, changed, filter);
      return isCalm && heard.held.length > 0 ? reveal(heard) : heard;
    });
  }

  /** Adds as many as there are, so that few presses reach far. @param onLoaded is called with it. */
  async function loadMore(onLoaded: (rows: Alert[]) => void): Promise<void> {
    setIsLoading(true);
    const address = listAddress("/api/alerts", {
      ...queryOf(filter, Date.now()),
      cursor: list.next ?? undefined,
      limit: String(Math.min(Math.max(list.shown.length, 1), MOST_AT_ONCE)),
    });
    const page = await ask(address, { read: readPage(alertShape) });
    setIsLoading(false);
    if (!page.ok) return toast({ message: errorWords(errors, page) });
    setList((before) => append(before, page.answer.rows, page.answer.next));
    onLoaded(page.answer.rows);
  }

  return {
    ...list,
    isLoading,
    hear,
    loadMore,
    /** Shows what was held back. */
    reveal: () => setList(reveal),
    settle: ({ moved, overtaken }: Moved) =>
      setList((before) => take(settle(before, moved, filter), overtaken, filter)),
  };
}
