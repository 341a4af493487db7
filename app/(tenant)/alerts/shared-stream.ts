"use client";

import { shownName } from "../../shown";
import { type Connection, RETRY, SILENCE_MS } from "../hear-stream";
import { endWhenHidden, until } from "../until";
import { hearAlerts, type News, type StreamListener } from "./alert-stream";
import { HeardAlerts } from "./heard-alerts";

/** A hidden tab stops leading after this long. */
const HIDDEN_MS = 60_000;
/** The leading tab passes on every sign of life: when it is quiet for this long, it is asleep. */
const QUIET_MS = 2 * SILENCE_MS;
/** Tabs that missed something say so at the same time, to a new leader: it waits for all of them. */
const TOGETHER_MS = 200;

type Message =
  | { type: "told"; news: News }
  /** The state of the leader's connection. */
  | { type: "stands"; connection: Connection; leader: string }
  /** A tab has opened, or sees a new leader, and knows everything up to `since`. */
  | { type: "joined"; since: string }
  | { type: "retry" };

/** Why a place is given up that another tab took away. */
const TAKEN = "taken";

/** A tab's part in the one stream of a browser. */
export type SharedStream = { tryNow: () => void };

/**
 * Shares one stream of alerts among the tabs of this browser that show the same person the same tenant. Over HTTP/1.1 a
 * browser opens six connections to a server: a stream for each tab would use them up. The tab that holds the lock leads:
 * it reads the stream and passes it on. When it is closed or hidden, the next tab continues where all of them were.
 *
 * @param begin from when on the stream is wanted.
 */
export function joinStream(begin: string, listener: StreamListener, left: AbortSignal): SharedStream {
  const place = `sekisho.alerts ${shownName()}`;
  const me = String(Math.random());
  // Locks need https or localhost. Without them each tab reads a stream of its own.
  const channel = navigator.locks ? new BroadcastChannel(place) : null;
  const over = new AbortController();
  const from = { at: begin };
  let leader: string | null = null;
  let lastHeard = Date.now();
  /** Set while this tab leads. */
  let heard: HeardAlerts | null = null;
  let stands: Connection = { state: "connecting" };
  let hearAnew = () => {};
  let missing: string | null = null;

  const post = (message: Message) => {
    if (!left.aborted) channel?.postMessage(message);
  };
  const stand = (connection: Connection) => {
    stands = connection;
    listener.setConnection(connection);
    if (connection.state === "over") over.abort();
  };
  left.addEventListener("abort", () => {
    over.abort();
    channel?.close();
  });
  channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    lastHeard = Date.now();
    if (data.type === "told") {
      if (data.news.at !== null && data.news.at > from.at) from.at = data.news.at;
      listener.hear(data.news);
    }
    if (data.type === "stands") {
      stand(data.connection);
      if (data.leader !== leader) post({ type: "joined", since: from.at });
      leader = data.leader;
    }
    if (heard === null) return;
    if (data.type === "retry") window.dispatchEvent(new Event(RETRY));
    if (data.type === "joined") welcome(heard, data.since);
  });

  function welcome(known: HeardAlerts, since: string): void {
    const missed = known.changedSince(since);
    if (missed === null) {
      if (missing === null) setTimeout(() => hearAnew(), TOGETHER_MS);
      missing = missing === null || since < missing ? since : missing;
    } else if (missed.length > 0) {
      post({ type: "told", news: { type: "alerts", alerts: missed, at: from.at } });
    }
    post({ type: "stands", connection: stands, leader: me });
  }

  /** Leads until `ending`. */
  async function lead(ending: AbortSignal): Promise<void> {
    leader = me;
    const tellAll: StreamListener = {
      hear: (news) => {
        if (news.type === "alerts") heard?.take(news.alerts, from.at);
        if (news.type === "reset") heard?.forget(from.at);
        listener.hear(news);
        post({ type: "told", news });
      },
      setConnection: (connection) => {
        post({ type: "stands", connection, leader: me });
        stand(connection);
      },
    };
    while (!ending.aborted && !over.signal.aborted) {
      if (missing !== null) from.at = missing;
      missing = null;
      heard = new HeardAlerts(from.at);
      const anew = new AbortController();
      hearAnew = () => anew.abort();
      ending.addEventListener("abort", hearAnew);
      tellAll.setConnection({ state: "connecting" });
      await hearAlerts(from, tellAll, anew.signal);
    }
    heard = null;
    if (!over.signal.aborted && ending.reason !== TAKEN) tellAll.setConnection({ state: "hidden" });
  }

  async function takePart(): Promise<void> {
    let isAsleep = false;
    while (!over.signal.aborted) {
      if (document.hidden) await until(["visibilitychange"], HIDDEN_MS, over.signal);
      if (document.hidden) {
        await until(["visibilitychange"], null, over.signal);
        // A browser may have put this tab to sleep meanwhile.
        post({ type: "joined", since: from.at });
        lastHeard = Date.now();
        continue;
      }
      const ending = new AbortController();
      const end = () => ending.abort();
      over.signal.addEventListener("abort", end);
      const noLongerHidden = endWhenHidden(HIDDEN_MS, end);
      const watch = setInterval(() => {
        isAsleep = heard === null && !document.hidden && Date.now() - lastHeard > QUIET_MS;
        if (isAsleep) end();
      }, SILENCE_MS / 5);
      await inTurn(place, isAsleep, ending, lead);
      lastHeard = Date.now();
      clearInterval(watch);
      noLongerHidden();
      over.signal.removeEventListener("abort", end);
    }
  }

  post({ type: "joined", since: begin });
  void takePart();
  return {
    tryNow: () => {
      window.dispatchEvent(new Event(RETRY));
      post({ type: "retry" });
    },
  };
}

/**
 * Waits for the place and holds it while `work` goes on.
 *
 * @param isAsleep whether the holder gives no sign of life: the lock is then taken from it.
 * @param ending ends both; it is ended when the place is taken away.
 */
async function inTurn(
  place: string,
  isAsleep: boolean,
  ending: AbortController,
  work: (ending: AbortSignal) => Promise<void>,
): Promise<void> {
  if (!navigator.locks) return work(ending.signal);
  try {
    const how = isAsleep ? { steal: true } : { signal: ending.signal };
    await navigator.locks.request(place, how, () => work(ending.signal));
  } catch (error) {
    // Nobody waits for it any more, or it was taken away.
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    ending.abort(TAKEN);
  }
}
