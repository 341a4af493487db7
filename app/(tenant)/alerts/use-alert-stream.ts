"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import type { Connection } from "../hear-stream";
import type { News } from "./alert-stream";
import { joinStream, type SharedStream } from "./shared-stream";

type Heard = { onAlerts: (alerts: Alert[]) => void; onReset: () => void };

/**
 * Calls back for every alert that changes, from `since` on, while the page is open.
 *
 * @returns the state of the connection, and a function that retries at once.
 */
export function useAlertStream(since: string, heard: Heard): [Connection, () => void] {
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });
  const [begin] = useState(since);
  const stream = useRef<SharedStream>(null);
  const hear = useEffectEvent((news: News) => {
    if (news.type === "alerts") heard.onAlerts(news.alerts);
    if (news.type === "reset") heard.onReset();
  });
  useEffect(() => {
    const leaving = new AbortController();
    stream.current = joinStream(begin, { hear: (news) => hear(news), setConnection }, leaving.signal);
    return () => leaving.abort();
  }, [begin]);
  return [connection, () => stream.current?.tryNow()];
}
