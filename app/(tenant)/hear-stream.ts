"use client";

import { boolean, nullable, objectOf, parsed, text } from "@/lib/shape";
import { ask, isAnother, isSignedOut } from "../api-client";
import { eventsOf } from "../event-reader";
import { listAddress } from "./list-address";
import { until } from "./until";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server sends a sign of life every 20 s: after this long the connection is dead, whatever the browser says. */
export const SILENCE_MS = 50_000;
/** The answer stays the same until the person signs in or reloads the page. */
const FINAL = new Set(["no_tenant", "forbidden", "invalid_request"]);
const isFinal = (code: string) => isSignedOut(code) || isAnother(code) || FINAL.has(code);

const isLive = objectOf<{ live: boolean }>({ live: boolean });
const isEnd = objectOf<{ code: string | null }>({ code: nullable(text) });
/** Somebody wants to try at once. */
export const RETRY = "sekisho:retry";

/** Whether changes arrive, and if not, why: an error code. `over`: nor will they. */
export type Connection =
  | { state: "connecting" | "live" | "hidden" }
  | { state: "waiting" | "over"; code: string };

type Listener<News> = {
  /** What an event says. @throws SyntaxError for what the server does not say. */
  read: (name: string, data: string) => News;
  /** `at`: up to when everything is known with it. */
  hear: (news: News, at: string | null) => void;
  setConnection: (now: Connection) => void;
};

/**
 * Reads a stream until `ending`, or until it is over. Reconnects with growing pauses, and then catches up.
 *
 * @param from up to when everything is known; advances with the stream.
 */
export async function hearStream<News>(
  path: string,
  from: { at: string },
  listener: Listener<News>,
  ending: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!ending.aborted) {
    const hadBeen = from.at;
    const code = await hearOnce(path, from, listener, ending);
    if (ending.aborted) return;
    if (code !== null && isFinal(code)) return listener.setConnection({ state: "over", code });
    if (from.at !== hadBeen) pause = FIRST_PAUSE_MS;
    if (code === null) {
      await until([], FIRST_PAUSE_MS * Math.random(), ending);
      continue;
    }
    listener.setConnection({ state: "waiting", code });
    await until(["online", RETRY], pause * (0.5 + Math.random() / 2), ending);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Reads one connection to its end. @returns why it ended; null when the server only asks to reconnect. */
async function hearOnce<News>(
  path: string,
  from: { at: string },
  { read, hear, setConnection }: Listener<News>,
  ending: AbortSignal,
): Promise<string | null> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  ending.addEventListener("abort", leave);
  let silence = setTimeout(leave, SILENCE_MS);
  try {
    const stream = await ask(listAddress(path, { since: from.at }), {
      signal: leaving.signal,
      read: async ({ body }) => body,
      isUnattended: true,
    });
    if (!stream.ok) return stream.code;
    if (!stream.answer) return "unknown";
    for await (const { name, data, id } of eventsOf(stream.answer)) {
      clearTimeout(silence);
      silence = setTimeout(leave, SILENCE_MS);
      if (name === "end") return parsed(isEnd, data).code;
      if (name === "live") {
        const { live } = parsed(isLive, data);
        setConnection(live ? { state: "live" } : { state: "waiting", code: "database_unavailable" });
      }
      const news = read(name, data);
      if (id !== null) from.at = id;
      hear(news, id);
    }
    return "network";
  } catch (error) {
    // fetch says only that it failed, or that we ended it.
    return error instanceof SyntaxError ? "unavailable" : "network";
  } finally {
    clearTimeout(silence);
    leaving.abort();
    ending.removeEventListener("abort", leave);
  }
}
