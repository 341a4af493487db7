import { sql } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import { notBefore, signIns } from "../../db/schema";
import { AppError } from "../../errors";
import { log } from "../../log";
import type { Caller } from "../access/identify";
import { signInState } from "../access/not-before";
import type { Principal } from "../access/principal";
import { deleteSessionsOf, revokeTokensOf } from "../session/session-store";
import { type Ending, finishEnding, heldNow } from "./finish-endings";
import { keptUntil } from "./sign-in-order";

type User = Pick<Principal, "sub" | "username"> & Partial<Pick<Principal, "tenantClaim">>;

/**
 * Ends everything of a user: tokens already handed out are refused here from now on, browser sessions are gone, and
 * Cognito revokes the refresh tokens. In this order, so that what depends on us alone holds even if Cognito is away.
 *
 * @throws AppError `database_unavailable`; `cognito_unavailable`: it is stored, and finished as soon as Cognito is back.
 */
export async function endAccess(user: User): Promise<void> {
  await finishEnding(await endAccessHere(user));
}

/**
 * Makes a change at Cognito that takes rights away from a user, and ends what they hold of the old ones. Before the
 * change, because once it is made nothing would tell a second try that this is still to be done; and again after it,
 * for a sign-in that came in between.
 *
 * @returns whether Cognito has confirmed the end, as endAccessSoon.
 * @throws AppError as endAccess does, and what `change` throws: then they are signed out and nothing else.
 */
export async function endAccessAround(user: User, change: () => Promise<unknown>): Promise<boolean> {
  await endAccess(user);
  await change();
  return endAccessSoon(user);
}

/**
 * The same after what made it necessary has happened: it holds here, and Cognito's being in trouble is no reason to say
 * that it did not happen.
 *
 * @returns whether Cognito has confirmed it; otherwise that is waited for in the background.
 * @throws AppError `database_unavailable`.
 */
export async function endAccessSoon(user: User): Promise<boolean> {
  try {
    await endAccess(user);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "cognito_unavailable") throw error;
    log("warn", "auth.ending_postponed", { sub: user.sub, error });
    return false;
  }
}

/** The part of endAccess that depends on us alone, stored for finishEnding to go on with. @throws AppError `database_unavailable`. */
export async function endAccessHere({ sub, username, tenantClaim = null }: User): Promise<Ending> {
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      await tx.execute(oneAfterTheOther(sub));
      const begun = {
        ending: NEXT_NUMBER,
        issuedAfter: null,
        username,
        tenantClaim,
        finishAfter: sql<Date>`now()`,
        heldUntil: heldNow(),
        tries: 1,
      };
      const [row] = await tx
        .insert(notBefore)
        .values({ sub, ...begun })
        .onConflictDoUpdate({ target: notBefore.sub, set: begun })
        .returning({ number: notBefore.ending });
      if (!row) throw new Error("an ending was not stored");
      await deleteSessionsOf(sub, null, tx);
      return { sub, username, tenantClaim, number: row.number, tries: 1 };
    }),
  );
}

/**
 * Ends everything of a caller but the sign-in that they ask with, after they changed what signing in takes (ASVS 5.0,
 * 7.4.3). Cognito's sign-out would end that one too: so the other browsers' refresh tokens, which are held here, are
 * revoked one by one, and those of scripts, which are not, are refused here with all that comes of them.
 *
 * @param at the second of the change, by Cognito's clock.
 * @returns how many browser sessions were live and have ended.
 * @throws AppError `database_unavailable`.
 */
export async function endOtherAccess(
  { principal, session }: Pick<Caller, "principal" | "session">,
  at: number,
): Promise<number> {
  const { sub, signInId } = principal;
  const others = await withDatabase((db) =>
    db.transaction(async (tx) => {
      await tx.execute(oneAfterTheOther(sub));
      // A sign-out everywhere that came since they asked ends this sign-in too.
      const isKept = signInId !== null && !(await signInState(principal, tx)).hasEnded;
      const [row] = await tx
        .insert(notBefore)
        .values({ sub, ending: NEXT_NUMBER, issuedAfter: at })
        .onConflictDoUpdate({
          target: notBefore.sub,
          set: {
            ending: sql`excluded.ending`,
            // What is to be finished at Cognito has no end yet that is known.
            issuedAfter: sql`case when ${notBefore.finishAfter} is null
              then greatest(${notBefore.issuedAfter}, excluded.issued_after) end`,
          },
        })
        .returning({ number: notBefore.ending });
      if (!row) throw new Error("an ending was not stored");
      if (isKept) {
        const kept = { number: row.number, expiresAt: keptUntil() };
        await tx
          .insert(signIns)
          .values({ sub, id: signInId, ...kept })
          .onConflictDoUpdate({ target: [signIns.sub, signIns.id], set: kept });
      }
      return deleteSessionsOf(sub, isKept ? (session?.id ?? null) : null, tx);
    }),
  );
  await revokeTokensOf(others);
  return others.filter(({ wasLive }) => wasLive).length;
}

const NEXT_NUMBER = sql<number>`nextval('access_order')`;

/** Endings of one user do not overtake each other. */
const oneAfterTheOther = (sub: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`ending ${sub}`}, 0))`;
