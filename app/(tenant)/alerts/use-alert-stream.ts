"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import { refusalOf } from "../../ask";
import { shownHeaders } from "../../shown";
import { listAddress } from "../list-address";
import { eventsOf } from "./event-reader";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server gives a sign of life every 20 s: after this long the connection is dead, whatever the browser thinks. */
const SILENCE_MS = 50_000;
/** A browser opens only a few connections to a server: a page that nobody looks at gives its own back. */
const HIDDEN_MS = 60_000;
/** Asking again would be answered alike until one signs in, or loads the page anew. */
const FINAL = new Set([
  "missing_token",
  "invalid_token",
  "session_ended",
  "another_person",
  "another_tenant",
  "tenant_mismatch",
  "no_tenant",
  "forbidden",
  "invalid_request",
]);

/** Whether changes arrive, and if not, why: an error code. `over`: nor will they. */
export type Connection =
  | { state: "connecting" | "live" | "hidden" }
  | { state: "waiting" | "over"; code: string };

type Told = { onAlerts: (alerts: Alert[]) => void; onReset: () => void };

/**
 * Hears of every alert that changes, from `since` on, for as long as the page is open. Reconnects by itself, ever
 * less often, and then hears what it has missed.
 *
 * @returns how it stands, and a function that tries at once.
 */
export function useAlertStream(since: string, told: Told): [Connection, () => void] {
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });
  const [attempt, setAttempt] = useState(0);
  const [begin] = useState(since);
  const onAlerts = useEffectEvent(told.onAlerts);
  const onReset = useEffectEvent(told.onReset);
  const tryNow = () => setAttempt((count) => count + 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what begins it anew.
  useEffect(() => {
    const leaving = new AbortController();
    const from = { at: begin };
    const hear = (name: string, data: string) => {
      if (name === "alerts") onAlerts(JSON.parse(data));
      if (name === "reset") onReset();
    };
    void follow(from, { hear, setConnection }, leaving.signal);
    return () => leaving.abort();
  }, [attempt, begin]);
  return [connection, tryNow];
}

type Listener = { hear: (name: string, data: string) => void; setConnection: (now: Connection) => void };

async function follow(from: { at: string }, listener: Listener, left: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!left.aborted) {
    if (document.hidden) await until(["visibilitychange"], HIDDEN_MS, left);
    if (document.hidden) {
      listener.setConnection({ state: "hidden" });
      await until(["visibilitychange"], null, left);
      continue;
    }
    const hadBeen = from.at;
    const code = await listenOnce(from, listener, left);
    if (left.aborted) return;
    if (code !== null && FINAL.has(code)) return listener.setConnection({ state: "over", code });
    if (from.at !== hadBeen) pause = FIRST_PAUSE_MS;
    if (code === null) {
      await until([], FIRST_PAUSE_MS * Math.random(), left);
      continue;
    }
    listener.setConnection({ state: "waiting", code });
    await until(["online"], pause * (0.5 + Math.random() / 2), left);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Listens on one connection to its end. @returns why it ended; null when it is only to be opened anew. */
async function listenOnce(
  from: { at: string },
  listener: Listener,
  left: AbortSignal,
): Promise<string | null> {
  const ending = new AbortController();
  const end = () => ending.abort();
  left.addEventListener("abort", end);
  const away = endWhenHidden(end);
  let silence = setTimeout(end, SILENCE_MS);
  try {
    const response = await fetch(listAddress("/api/alerts/stream", { since: from.at }), {
      headers: shownHeaders(),
      signal: ending.signal,
    });
    if (!response.ok) return (await refusalOf(response)).code;
    if (!response.body) return "unknown";
    for await (const { name, data, id } of eventsOf(response.body)) {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
      if (id !== null) from.at = id;
      if (name === "live") {
        const { live } = JSON.parse(data);
        listener.setConnection(live ? { state: "live" } : { state: "waiting", code: "database_unavailable" });
      }
      if (name === "end") return JSON.parse(data).code;
      listener.hear(name, data);
    }
    return "network";
  } catch {
    // fetch says no more than that it failed, or was ended here.
    return document.hidden ? null : "network";
  } finally {
    clearTimeout(silence);
    away();
    ending.abort();
    left.removeEventListener("abort", end);
  }
}

/** Calls `end` once the page has been hidden for a while. @returns a function that no longer looks. */
function endWhenHidden(end: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(end, HIDDEN_MS);
  };
  document.addEventListener("visibilitychange", look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** Waits for one of these events, for `ms` at the most, or until one leaves. */
function until(events: string[], ms: number | null, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === null ? undefined : setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, done, true);
      left.removeEventListener("abort", done);
      resolve();
    }
    // In the capturing phase, since `visibilitychange` is the document's.
    for (const event of events) window.addEventListener(event, done, true);
    left.addEventListener("abort", done);
  });
}
