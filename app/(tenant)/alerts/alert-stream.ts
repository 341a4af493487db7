"use client";

import { askUnattended } from "../../ask";
import { eventsOf, type Told } from "../../event-reader";
import { listAddress } from "../list-address";
import { until } from "./until";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server gives a sign of life every 20 s: after this long the connection is dead, whatever the browser thinks. */
export const SILENCE_MS = 50_000;
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
/** Somebody wants to try at once. */
export const RETRY = "sekisho:retry";

/** Whether changes arrive, and if not, why: an error code. `over`: nor will they. */
export type Connection =
  | { state: "connecting" | "live" | "hidden" }
  | { state: "waiting" | "over"; code: string };

export type StreamListener = { hear: (told: Told) => void; setConnection: (now: Connection) => void };

/**
 * Hears the stream of alerts until `ending`, or until it is over. Reconnects by itself, ever less often, and then
 * hears what it has missed.
 *
 * @param from until when everything is heard; moves on with what is heard.
 */
export async function hearAlerts(
  from: { at: string },
  { hear, setConnection }: StreamListener,
  ending: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!ending.aborted) {
    const hadBeen = from.at;
    const code = await hearOnce(from, { hear, setConnection }, ending);
    if (ending.aborted) return;
    if (code !== null && FINAL.has(code)) return setConnection({ state: "over", code });
    if (from.at !== hadBeen) pause = FIRST_PAUSE_MS;
    if (code === null) {
      await until([], FIRST_PAUSE_MS * Math.random(), ending);
      continue;
    }
    setConnection({ state: "waiting", code });
    await until(["online", RETRY], pause * (0.5 + Math.random() / 2), ending);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Hears one connection to its end. @returns why it ended; null when it is only to be opened anew. */
async function hearOnce(
  from: { at: string },
  { hear, setConnection }: StreamListener,
  ending: AbortSignal,
): Promise<string | null> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  ending.addEventListener("abort", leave);
  let silence = setTimeout(leave, SILENCE_MS);
  try {
    const address = listAddress("/api/alerts/stream", { since: from.at });
    const answer = await askUnattended(address, { signal: leaving.signal }, async ({ body }) => body);
    if (!answer.ok) return answer.code;
    if (!answer.body) return "unknown";
    for await (const told of eventsOf(answer.body)) {
      clearTimeout(silence);
      silence = setTimeout(leave, SILENCE_MS);
      if (told.id !== null) from.at = told.id;
      if (told.name === "live") {
        const { live } = JSON.parse(told.data);
        setConnection(live ? { state: "live" } : { state: "waiting", code: "database_unavailable" });
      }
      if (told.name === "end") return JSON.parse(told.data).code;
      hear(told);
    }
    return "network";
  } catch {
    // fetch says no more than that it failed, or was ended here.
    return "network";
  } finally {
    clearTimeout(silence);
    leaving.abort();
    ending.removeEventListener("abort", leave);
  }
}
