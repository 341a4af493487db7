import { and, eq } from "drizzle-orm";
import { ask, withDatabase } from "../../db/client";
import type { Database } from "../../db/opened";
import { notBefore, signIns } from "../../db/schema";
import type { AppError } from "../../errors";
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
  return stateOf(row, { signedInAt });
}

/** @throws AppError `database_unavailable`. */
export async function hasEnded(signIn: SignIn): Promise<boolean> {
  return (await signInState(signIn)).hasEnded;
}

const HOW_IT_STANDS = `select ending::float8, issued_after::float8 as "issuedAfter",
    finish_after as "finishAfter", number::float8
  from not_before left join sign_ins on sign_ins.sub = not_before.sub and sign_ins.id = $2
  where not_before.sub = $1`;

/**
 * Refuses a sign-in that has ended, as a guard: with what the request asks next.
 *
 * @param refusal what to refuse it with.
 * @throws as `ask`.
 */
export function requireNotEnded(signIn: SignIn, refusal: () => AppError): Promise<void> {
  const statement = { text: HOW_IT_STANDS, values: [signIn.sub, signIn.signInId ?? ""] };
  return ask({
    statement,
    judge: ([row]) => {
      if (stateOf(row as Row | undefined, signIn).hasEnded) throw refusal();
    },
  });
}

type Row = Pick<typeof notBefore.$inferSelect, "ending" | "issuedAfter" | "finishAfter"> & {
  number: number | null;
};

function stateOf(row: Row | undefined, { signedInAt }: Pick<SignIn, "signedInAt">): SignInState {
  if (!row) return { hasEnded: false, isUnfinished: false };
  const isUnfinished = row.finishAfter !== null;
  if (row.number !== null) return { hasEnded: row.number < row.ending, isUnfinished };
  return { hasEnded: row.issuedAfter === null || signedInAt <= row.issuedAfter, isUnfinished };
}
