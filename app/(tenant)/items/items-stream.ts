"use client";

import { nullable, objectOf, parsed, text } from "@/lib/shape";
import { ask, isAnother, isSignedOut } from "../../api-client";
import { eventsOf } from "../../event-reader";
import { until } from "../until";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server sends a sign of life every 20 s: after this long the connection is dead, whatever the browser says. */
const SILENCE_MS = 50_000;
/** The answer stays the same until the person signs in or reloads the page. */
const FINAL = new Set(["no_tenant", "forbidden", "invalid_request"]);
const isFinal = (code: string) => isSignedOut(code) || isAnother(code) || FINAL.has(code);

const isEnd = objectOf<{ code: string | null }>({ code: nullable(text) });

/**
 * Hears that items change, until `ending` or until it is over. Reconnects with growing pauses, and then catches up. Only
 * while the page is shown: a browser opens six connections to a server over HTTP/1.1, and hidden tabs would use them up.
 *
 * @param since up to when everything is known.
 */
export async function hearItems(since: string, hear: () => void, ending: AbortSignal): Promise<void> {
  const from = { at: since };
  let pause = FIRST_PAUSE_MS;
  while (!ending.aborted) {
    if (document.hidden) {
      await until(["visibilitychange"], null, ending);
      continue;
    }
    const hadBeen = from.at;
    const code = await hearOnce(from, hear, ending);
    if (ending.aborted || (code !== null && isFinal(code))) return;
    if (document.hidden) continue;
    if (code === null || from.at !== hadBeen) pause = FIRST_PAUSE_MS;
    await until(["online"], pause * (0.5 + Math.random() / 2), ending);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Reads one connection to its end. @returns why it ended; null when the server only asks to reconnect. */
async function hearOnce(from: { at: string }, hear: () => void, ending: AbortSignal): Promise<string | null> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const leaveWhenHidden = () => document.hidden && leave();
  ending.addEventListener("abort", leave);
  document.addEventListener("visibilitychange", leaveWhenHidden);
  let silence = setTimeout(leave, SILENCE_MS);
  try {
    const stream = await ask(`/api/items/stream?${new URLSearchParams({ since: from.at })}`, {
      signal: leaving.signal,
      read: async ({ body }) => body,
      isUnattended: true,
    });
    if (!stream.ok) return stream.code;
    if (!stream.answer) return "unknown";
    for await (const { name, data, id } of eventsOf(stream.answer)) {
      clearTimeout(silence);
      silence = setTimeout(leave, SILENCE_MS);
      if (id !== null) from.at = id;
      if (name === "end") return parsed(isEnd, data).code;
      if (name === "changed") hear();
    }
    return "network";
  } catch (error) {
    // fetch says only that it failed, or that we ended it.
    return error instanceof SyntaxError ? "unavailable" : "network";
  } finally {
    clearTimeout(silence);
    leaving.abort();
    ending.removeEventListener("abort", leave);
    document.removeEventListener("visibilitychange", leaveWhenHidden);
  }
}
