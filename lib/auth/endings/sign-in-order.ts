import { eq, sql } from "drizzle-orm";
import type { AppClientName } from "../../cognito/app-client";
import { withDatabase } from "../../db/client";
import { notBefore, signIns } from "../../db/schema";
import type { Principal } from "../access/principal";
import { finishEndings } from "./finish-endings";

/** Longer than any access token lives (a day): after that, the time of a sign-in says enough (seconds). */
const REMEMBER_SECONDS = 2 * 24 * 60 * 60;
/** For a sign-in whose time alone would have it ended; it is signed in anew by then (seconds). */
const REMEMBER_KEPT_SECONDS = 400 * 24 * 60 * 60;

/** The place of a sign-in in the access order, taken before Cognito is asked for it. */
export type SignInNumber = number;

/**
 * Takes a place in the access order for a sign-in that begins: what is ended after this ends it as well. An ending that
 * Cognito has not confirmed is finished first, since confirming it later would end this sign-in too.
 *
 * @throws AppError `database_unavailable`.
 */
export async function beginSignIn(): Promise<SignInNumber> {
  const begun = await nextNumber();
  if (!begun.isUnfinished) return begun.number;
  await finishEndings({ isAwaited: true });
  return (await nextNumber()).number;
}

/**
 * Remembers the place of a sign-in that succeeded. One through the Hosted UI may be as old as Cognito's own cookie: it
 * counts as new only where Cognito says that it is.
 *
 * @throws AppError `database_unavailable`.
 */
export async function rememberSignIn(
  { sub, signInId, signedInAt }: Pick<Principal, "sub" | "signInId" | "signedInAt">,
  number: SignInNumber,
  client: AppClientName,
): Promise<void> {
  if (signInId === null) return;
  await withDatabase(async (db) => {
    const [ended] = await db
      .select({ issuedAfter: notBefore.issuedAfter })
      .from(notBefore)
      .where(eq(notBefore.sub, sub));
    const looksEnded = ended !== undefined && (ended.issuedAfter === null || signedInAt <= ended.issuedAfter);
    if (client === "web" && looksEnded) return;
    await db
      .insert(signIns)
      .values({
        sub,
        id: signInId,
        number,
        expiresAt: inSeconds(looksEnded ? REMEMBER_KEPT_SECONDS : REMEMBER_SECONDS),
      })
      .onConflictDoNothing();
  });
}

/** When a sign-in that is kept while all others end is forgotten. */
export const keptUntil = () => inSeconds(REMEMBER_KEPT_SECONDS);

const inSeconds = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds})`;

async function nextNumber(): Promise<{ number: number; isUnfinished: boolean }> {
  const { rows } = (await withDatabase((db) =>
    db.execute(sql`select nextval('access_order')::float8 as number,
      exists (select from not_before where finish_after is not null) as "isUnfinished"`),
  )) as unknown as { rows: { number: number; isUnfinished: boolean }[] };
  if (!rows[0]) throw new Error("a sequence gave no number");
  return rows[0];
}
