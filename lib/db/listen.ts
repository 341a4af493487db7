import type { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import type { ServerConnection } from "./connection";
import { isWrongPassword } from "./errors";

/** How often the connection is tried, and how long its answer may take: a dead one says nothing by itself. */
const PROBE_MS = 20_000;
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

/**
 * LISTEN over PostgreSQL, on a connection of its own: one of the pool's would never come back to it. A pooler between
 * here and the server must hand out whole sessions; one that hands out transactions would lose every notification.
 *
 * @param closed ends it.
 */
export function listenOverPostgres({ config, password }: ServerConnection, closed: AbortSignal): Listen {
  return async (channel, heard, lost) => {
    const begun = performance.now();
    const client = new Client({
      ...config,
      application_name: `${config.application_name}-listen`,
      query_timeout: ANSWER_MS,
    });
    let state: "connecting" | "up" | "over" = "connecting";
    let probe: NodeJS.Timeout | undefined;
    const end = (error: unknown) => {
      const wasUp = state === "up";
      if (state === "over") return;
      state = "over";
      clearInterval(probe);
      // It is not used again: whether it could still say goodbye does not matter.
      client.end().catch(() => undefined);
      if (wasUp) lost(error);
    };
    client.on("error", end);
    client.on("end", () => end(new Error("The connection ended.")));
    client.on("notification", ({ payload = "" }) => heard(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      end(error);
      if (isWrongPassword(error)) password.refused(begun);
      throw error;
    }
    state = "up";
    probe = setInterval(() => client.query("select 1").catch(end), PROBE_MS);
    probe.unref();
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
