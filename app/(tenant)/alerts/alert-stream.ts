"use client";

import { alertShape } from "@/lib/alerts/answers";
import type { Alert } from "@/lib/alerts/contract";
import { arrayOf, parsed } from "@/lib/shape";
import { type Connection, hearStream } from "../hear-stream";

/** What the stream tells; `beat` is a sign of life. `at`: up to when everything is known with it. */
export type News = { at: string | null } & (
  | { type: "alerts"; alerts: Alert[] }
  /** Too much has changed to tell. */
  | { type: "reset" }
  | { type: "beat" }
);

export type StreamListener = { hear: (news: News) => void; setConnection: (now: Connection) => void };

/**
 * Reads the stream of alerts until `ending`, or until it is over.
 *
 * @param from up to when everything is known; advances with the stream.
 */
export function hearAlerts(
  from: { at: string },
  { hear, setConnection }: StreamListener,
  ending: AbortSignal,
): Promise<void> {
  const listener = {
    read: newsOf,
    hear: (news: ReturnType<typeof newsOf>, at: string | null) => hear({ ...news, at }),
    setConnection,
  };
  return hearStream("/api/alerts/stream", from, listener, ending);
}

function newsOf(name: string, data: string) {
  if (name === "alerts") return { type: name, alerts: parsed(arrayOf(alertShape), data) } as const;
  return { type: name === "reset" ? name : "beat" } as const;
}
