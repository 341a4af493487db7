import { and, eq, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { recordAuditApart } from "../../audit/record";
import { signOutEverywhere } from "../../cognito/user-directory";
import { withDatabase } from "../../db/client";
import { notBefore } from "../../db/schema";
import { AppError } from "../../errors";
import { log } from "../../log";
import { tenantOfUser } from "../tenancy/tenant";

/** Longer than a call to Cognito may take, so that nobody else asks for the same meanwhile (seconds). */
const HELD_SECONDS = 8;
const MOST_SECONDS_APART = 60;
/** How often a process looks for endings that another one began and did not live to finish. */
const LOOK_MS = 15_000;
const MOST_AT_ONCE = 10;

/** Everything of a user has ended here, and is to end at Cognito. */
export type Ending = {
  sub: string;
  username: string;
  /** Of whoever ended it, for the record. */
  tenantClaim: string | null;
  /** Its place in the access order. */
  number: number;
  /** How often Cognito was asked for it, this time included. */
  tries: number;
};

/**
 * Has Cognito end what was ended here, and learns from it up to when. While Cognito is in trouble it stays stored, and
 * is tried again until it is done: by this process, by any other one, and when anybody signs in.
 *
 * @throws AppError `database_unavailable`, `cognito_unavailable`.
 */
export async function finishEnding(ending: Ending): Promise<void> {
  try {
    const issuedAfter = await signOutEverywhere(ending.username);
    await change(ending, { issuedAfter, finishAfter: null });
  } catch (error) {
    const pause = Math.min(MOST_SECONDS_APART, 2 ** Math.min(ending.tries - 1, 10));
    await change(ending, { finishAfter: inSeconds(pause), heldUntil: null });
    setTimeout(look, pause * 1_000 + 100).unref();
    if (ending.tries === 1) await recordEnding(ending, "sign_out.postponed");
    throw error;
  }
  if (ending.tries > 1) await recordEnding(ending, "sign_out.finished");
}

/**
 * Tries the endings that are due; what fails is tried again later.
 *
 * @param isAwaited somebody wants to sign in: also those whose turn has not come.
 * @throws AppError `database_unavailable`.
 */
export async function finishEndings({ isAwaited = false } = {}): Promise<void> {
  const endings = await takeUnfinished(isAwaited);
  await Promise.all(endings.map((ending) => finishEnding(ending).catch(logFailure)));
}

/**
 * Tries the latest ending of one user, where Cognito has not confirmed it.
 *
 * @returns whether there is one that took Cognito more than one try.
 * @throws AppError `database_unavailable`; `cognito_unavailable`, also while somebody else is asking.
 */
export async function finishEndingOf(sub: string): Promise<boolean> {
  const whereOwn = eq(notBefore.sub, sub);
  for (const ending of await takeUnfinished(true, whereOwn)) await finishEnding(ending);
  const [row] = await withDatabase((db) => db.select().from(notBefore).where(whereOwn));
  if (row?.finishAfter) throw new AppError("cognito_unavailable", { cause: "an ending is being finished" });
  return row !== undefined && row.tries > 1;
}

/** From now on this process looks for what is to be finished, also of processes that ended in the middle of it. */
export function keepFinishing(): void {
  setInterval(look, LOOK_MS).unref();
  look();
}

/** Puts on record how it stands, as an event of the user whose access has ended. */
async function recordEnding(
  { sub, username, tenantClaim }: Ending,
  action: "sign_out.postponed" | "sign_out.finished",
): Promise<void> {
  try {
    const tenantId = await tenantOfUser({ username, tenantClaim });
    await recordAuditApart(
      { tenantId, principal: { sub, email: null }, role: null, address: null },
      { action },
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "no_tenant") log("error", "audit.not_recorded", { sub, action, error });
  }
}

export const heldNow = () => inSeconds(HELD_SECONDS);
const inSeconds = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds})`;

function look(): void {
  finishEndings().catch(logFailure);
}

function logFailure(error: unknown): void {
  log("warn", "auth.ending_not_finished", { error });
}

/** Takes those that are due and that nobody else is asking for. */
async function takeUnfinished(isAwaited: boolean, which: SQL = sql`true`): Promise<Ending[]> {
  const whereDue = isAwaited ? sql`true` : sql`finish_after <= now()`;
  const taken = await withDatabase((db) =>
    db
      .update(notBefore)
      .set({ heldUntil: heldNow(), tries: sql`${notBefore.tries} + 1` })
      .where(
        sql`${notBefore.sub} in (select ${notBefore.sub} from ${notBefore}
          where finish_after is not null and (held_until is null or held_until < now())
            and ${whereDue} and ${which}
          order by finish_after limit ${MOST_AT_ONCE} for update skip locked)`,
      )
      .returning(),
  );
  return taken.map(({ sub, username, tenantClaim, ending, tries }) => ({
    sub,
    username: username ?? sub,
    tenantClaim,
    number: ending,
    tries,
  }));
}

/** What has ended anew since is another ending, and not this one's to change. */
async function change({ sub, number }: Ending, set: PgUpdateSetSource<typeof notBefore>): Promise<void> {
  await withDatabase((db) =>
    db
      .update(notBefore)
      .set(set)
      .where(and(eq(notBefore.sub, sub), eq(notBefore.ending, number))),
  );
}
