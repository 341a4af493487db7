"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { alertSummaryShape } from "@/lib/alerts/answers";
import type { AlertSummary } from "@/lib/alerts/contract";
import { ask, readJson } from "../../api-client";
import { listAddress } from "../list-address";

const readSummary = readJson(alertSummaryShape);

/** Many pages hear of the same change: each waits a random while, and asks once for several changes. */
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
  /** How often it was asked, and which time the counts are of that stand here: an answer may be overtaken. */
  const asked = useRef({ times: 0, shown: 0 });
  const zone = given.time_zone;
  const recount = useCallback(() => {
    due.current ??= setTimeout(
      async () => {
        due.current = undefined;
        const time = ++asked.current.times;
        const address = listAddress("/api/alerts/summary", { zone });
        const counted = await ask(address, { read: readSummary, isUnattended: true });
        // What stands there stays, and the connection says what is wrong.
        if (!counted.ok || time < asked.current.shown) return;
        asked.current.shown = time;
        setSummary(counted.answer);
      },
      SOON_MS + Math.random() * SPREAD_MS,
    );
  }, [zone]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden && recount(), HIDDEN_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(due.current);
      due.current = undefined;
    };
  }, [recount]);
  return [summary, recount];
}
