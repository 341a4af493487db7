"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import type { Connection, News } from "./alert-stream";
import { joinStream, type SharedStream } from "./shared-stream";

type Heard = { onAlerts: (alerts: Alert[]) => void; onReset: () => void };

/**
 * Hears of every alert that changes, from `since` on, for as long as the page is open.
 *
 * @returns how it stands, and a function that tries at once.
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
