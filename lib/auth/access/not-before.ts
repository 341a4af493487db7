import { and, eq } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import type { Database } from "../../db/opened";
import { notBefore, signIns } from "../../db/schema";
import type { Principal } from "./principal";

type SignIn = Pick<Principal, "sub" | "signInId" | "signedInAt">;

/** Whether a sign-in has ended, and whether Cognito has still to confirm what ended it. */
export type SignInState = { hasEnded: boolean; isUnfinished: boolean };

/**
 * How a sign-in stands. Needed because a token that is verified locally stays verifiable until `exp`, and a refresh
 * token that Cognito failed to revoke brings new ones: both say which sign-in they came from and when that was, and
 * neither changes by a refresh (`origin_jti`, `auth_time`; Cognito developer guide, "Understanding the access token").
 *
 * A sign-in that was made here goes by the access order, so that no clock matters; any other one by Cognito's clock
 * alone. While Cognito has not said its time, every one of these has ended.
 *
 * @param within a transaction to look in.
 * @throws AppError `database_unavailable`.
 */
export async function signInState(
  { sub, signInId, signedInAt }: SignIn,
  within?: Pick<Database, "select">,
): Promise<SignInState> {
  const find = (db: Pick<Database, "select">) =>
    db
      .select({
        ending: notBefore.ending,
        issuedAfter: notBefore.issuedAfter,
        finishAfter: notBefore.finishAfter,
        number: signIns.number,
      })
      .from(notBefore)
      .leftJoin(signIns, and(eq(signIns.sub, notBefore.sub), eq(signIns.id, signInId ?? "")))
      .where(eq(notBefore.sub, sub));
  const [row] = await (within ? find(within) : withDatabase(find));
  if (!row) return { hasEnded: false, isUnfinished: false };
  const isUnfinished = row.finishAfter !== null;
  if (row.number !== null) return { hasEnded: row.number < row.ending, isUnfinished };
  return { hasEnded: row.issuedAfter === null || signedInAt <= row.issuedAfter, isUnfinished };
}

/** @throws AppError `database_unavailable`. */
export async function hasEnded(signIn: SignIn): Promise<boolean> {
  return (await signInState(signIn)).hasEnded;
}
