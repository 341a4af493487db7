import { setTimeout as sleep } from "node:timers/promises";
import { getTableName } from "drizzle-orm";
import { sweep } from "../db/sweep";
import { env } from "../env";
import { AppError } from "../errors";
import type { Feature } from "../feature";
import { FEATURES } from "../features";
import { log } from "../log";
import { count } from "../telemetry/telemetry";
import { tableEnds } from "./ends";
import { whereOver } from "./retention";

/** Small, so that nobody waits for it long; what one run leaves, the next one takes. */
const ROWS_A_STEP = 500;
const STEPS_A_TABLE = 40;
const PAUSE_MS = 50;
/** Not at the very start, when a process has other things to do. */
const FIRST_MS = 30_000;

/** What a run did: rows deleted by table, and the tables of which it left some. Null while another process is at it. */
export type Swept = { deleted: Record<string, number>; left: string[] } | null;

/**
 * Deletes what is past its time in every table, in small steps and a bounded number of them.
 *
 * @throws AppError `database_unavailable`.
 */
export async function keepHouse({
  rows = ROWS_A_STEP,
  steps = STEPS_A_TABLE,
  retention = env().RETENTION_DAYS,
} = {}): Promise<Swept> {
  const swept = { deleted: {} as Record<string, number>, left: [] as string[] };
  for (const end of await tableEnds()) {
    const where = whereOver(end, retention);
    if (where === null) continue;
    const name = getTableName(end.table);
    for (let step = 1; ; step++) {
      const gone = await sweep(end.table, where, rows);
      if (gone === null) return null;
      count("sekisho.housekeeping.deleted", { table: name }, gone);
      if (gone > 0) swept.deleted[name] = (swept.deleted[name] ?? 0) + gone;
      if (gone < rows) break;
      if (step === steps) {
        swept.left.push(name);
        break;
      }
      await sleep(PAUSE_MS);
    }
  }
  return swept;
}

/** From now on this process does so every `HOUSEKEEPING_MINUTES`; of several at once, one. */
export function keepKeepingHouse(): void {
  const everyMs = env().HOUSEKEEPING_MINUTES * 60_000;
  if (everyMs === 0) return;
  const next = (inMs: number) => {
    // Processes that were started together do not all come at the same time.
    setTimeout(
      () =>
        void run()
          .then(() => doChores())
          .then(() => next(everyMs)),
      inMs * (0.5 + Math.random() / 2),
    ).unref();
  };
  next(Math.min(FIRST_MS, everyMs));
}

async function run(): Promise<void> {
  const began = performance.now();
  try {
    const swept = await keepHouse();
    if (swept) log("info", "housekeeping.done", { ...swept, ms: Math.round(performance.now() - began) });
  } catch (error) {
    // The next run goes on where this one broke off.
    if (error instanceof AppError) log("warn", "housekeeping.broken_off", { error });
    else log("error", "housekeeping.failed", { error, hint: "is app_housekeeping granted to the login?" });
  }
}

/** What features look after. One that fails keeps no other from it, and is tried again after the next run. */
export async function doChores(
  features: readonly Pick<Feature, "name" | "chore">[] = FEATURES,
): Promise<void> {
  for (const { name, chore } of features) {
    await chore?.().catch((error) =>
      log(error instanceof AppError ? "warn" : "error", "housekeeping.chore_failed", {
        feature: name,
        error,
      }),
    );
  }
}
