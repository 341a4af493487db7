import { translateDatabaseError } from "../../db/errors";
import { AppError } from "../../errors";
import { log } from "../../log";

/** A point to give back, and when the count it was taken of is over (epoch milliseconds): nothing is owed from then on. */
export type Owed = { until: number; pay: () => Promise<unknown> };

const RETRY_MS = 1_000;
/** An outage must not fill the memory; who is owed more than that waits until the count is over. */
const MOST = 10_000;

const owed: Owed[] = [];
let timer: NodeJS.Timeout | undefined;

/**
 * Gives points back: at once or, while the database is away, once it is there again. Otherwise each outage would take one
 * from whoever tried meanwhile. It never throws for an outage, since what became of the try is more telling.
 *
 * @throws what is no outage.
 */
export async function payBack(points: Owed[]): Promise<void> {
  const now = Date.now();
  const results = await Promise.allSettled(
    points.map(async (point) => {
      if (point.until <= now) return;
      await point.pay().catch((error) => keep(point, error));
    }),
  );
  const failed = results.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}

function keep(point: Owed, error: unknown): void {
  const translated = translateDatabaseError(error);
  if (!(translated instanceof AppError) || translated.code !== "database_unavailable") throw translated;
  if (owed.length < MOST) owed.push(point);
  timer ??= setTimeout(payOwed, RETRY_MS).unref();
}

async function payOwed(): Promise<void> {
  timer = undefined;
  // One at a time: whoever waits for the database goes first. What is still owed then comes back to the list.
  for (const point of owed.splice(0)) {
    if (timer === undefined) await payBack([point]).catch(notGivenBack);
    else owed.push(point);
  }
}

/** Nobody waits for it any more: the log is where it can be told. */
function notGivenBack(error: unknown): void {
  log("error", "rate_limit.not_given_back", { error });
}
