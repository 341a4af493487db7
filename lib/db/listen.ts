import { randomUUID } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import type { ServerConnection } from "./connection";
import { isWrongPassword } from "./errors";

/** How often an instance tells itself something, and how long it waits to hear it. */
const BEAT_MS = 10_000;
const ANSWER_MS = 5_000;

/**
 * Hears the notifications of one channel from now on.
 *
 * @param lost is called once, when nothing is heard any more.
 * @throws what the driver throws when it cannot be established; then `lost` is not called.
 */
export type Listen = (
  channel: string,
  heard: (payload: string) => void,
  lost: (error: unknown) => void,
) => Promise<void>;

/** Sends a notification by the way that requests take. */
type Tell = (channel: string) => Promise<unknown>;

/**
 * LISTEN over PostgreSQL, on a connection of its own: one of the pool's would never come back to it. What is told by the
 * pool has to come back by it, at the beginning and from then on: a dead connection says nothing by itself, and neither
 * does a pooler that hands out transactions, on which nothing is ever heard.
 *
 * @param closed ends it.
 */
export function listenOverPostgres(
  { config, password }: ServerConnection,
  tell: Tell,
  closed: AbortSignal,
): Listen {
  return async (channel, heard, lost) => {
    const begun = performance.now();
    const beats = `sekisho_beat_${randomUUID()}`;
    const client = new Client({
      ...config,
      application_name: `${config.application_name}-listen`,
      query_timeout: ANSWER_MS,
    });
    let state: "connecting" | "up" | "over" = "connecting";
    let beating: NodeJS.Timeout | undefined;
    let cameBack = () => {};
    const end = (error: unknown) => {
      const wasUp = state === "up";
      if (state === "over") return;
      state = "over";
      clearInterval(beating);
      // It is not used again: whether it could still say goodbye does not matter.
      client.end().catch(() => undefined);
      if (wasUp) lost(error);
    };
    const beat = () =>
      new Promise<void>((resolve, reject) => {
        const unheard = new Error(
          "Nothing told comes back: is there a pooler that hands out transactions? DATABASE_POOLER, DATABASE_LISTEN_URL.",
        );
        const timer = setTimeout(() => reject(unheard), ANSWER_MS).unref();
        cameBack = () => {
          clearTimeout(timer);
          resolve();
        };
        tell(beats).catch(reject);
      });
    client.on("error", end);
    client.on("end", () => end(new Error("The connection ended.")));
    client.on("notification", (told) => {
      if (told.channel === beats) cameBack();
      else heard(told.payload ?? "");
    });
    try {
      await client.connect();
      for (const each of [channel, beats]) await client.query(`LISTEN ${client.escapeIdentifier(each)}`);
      await beat();
    } catch (error) {
      end(error);
      if (isWrongPassword(error)) password.refused(begun);
      throw error;
    }
    state = "up";
    beating = setInterval(() => beat().catch(end), BEAT_MS).unref();
    closed.addEventListener("abort", () => end(new Error("The database was closed.")));
  };
}

/** The same on PGlite, whose one process hears itself. */
export function listenOverPglite(pglite: PGlite, closed: AbortSignal): Listen {
  return async (channel, heard, lost) => {
    await pglite.listen(channel, heard);
    closed.addEventListener("abort", () => lost(new Error("The database was closed.")));
  };
}
