"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { AlertSummary } from "@/lib/alerts/contract";
import { shownTenant } from "../../use-write";
import { listAddress } from "../list-address";

/** Many pages hear of the same change: each asks after a while of its own, and once for several changes. */
const SOON_MS = 500;
const SPREAD_MS = 1_000;
/** While nobody looks and nothing is heard, the count in the title is brought up to date this often. */
const HIDDEN_MS = 60_000;

/** The counts of alerts, kept up to date. @returns them, and a function that says they have changed. */
export function useSummary(given: AlertSummary): [AlertSummary, () => void] {
  const [summary, setSummary] = useState(given);
  const [last, setLast] = useState(given);
  if (last !== given) {
    setLast(given);
    setSummary(given);
  }
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const zone = given.time_zone;
  const ask = useCallback(() => {
    due.current ??= setTimeout(
      async () => {
        due.current = undefined;
        const read = await readSummary(zone);
        if (read) setSummary(read);
      },
      SOON_MS + Math.random() * SPREAD_MS,
    );
  }, [zone]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden && ask(), HIDDEN_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(due.current);
      due.current = undefined;
    };
  }, [ask]);
  return [summary, ask];
}

/** Null when there was no answer, or a refusal: what stands there stays, and the connection says what is wrong. */
async function readSummary(zone: string): Promise<AlertSummary | null> {
  const response = await fetch(listAddress("/api/alerts/summary", { zone }), {
    headers: shownTenant(),
  }).catch(() => null);
  return response?.ok ? response.json() : null;
}
