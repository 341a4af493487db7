import { createHash } from "node:crypto";
import { and, desc, eq, inArray, notInArray } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import { knownCallers } from "../../db/schema";

/** So many browsers and addresses of one account are known at a time, those seen last. */
const MOST = 20;

/**
 * Which of these marks has signed in to this account before, the first of them; null when none has. It takes as long
 * for an account that there is not: nothing but the two hashes is looked for.
 *
 * @param account hashed, as accountKey has it.
 * @throws AppError `database_unavailable`.
 */
export async function knownMark(account: string, marks: string[]): Promise<string | null> {
  const hashes = marks.map(hashOf);
  const whereKnown = and(eq(knownCallers.account, account), inArray(knownCallers.mark, hashes));
  const rows = await withDatabase((db) =>
    db.select({ mark: knownCallers.mark }).from(knownCallers).where(whereKnown),
  );
  return hashes.find((hash) => rows.some(({ mark }) => mark === hash)) ?? null;
}

/**
 * Remembers that these marks signed in to this account: whoever holds one is counted apart from strangers there. A
 * stolen password makes few of them: only those seen last count.
 *
 * @throws AppError `database_unavailable`.
 */
export async function rememberMarks(account: string, marks: string[]): Promise<void> {
  if (marks.length === 0) return;
  const seenAt = new Date();
  const ofAccount = eq(knownCallers.account, account);
  await withDatabase(async (db) => {
    await db
      .insert(knownCallers)
      .values(marks.map((mark) => ({ account, mark: hashOf(mark), seenAt })))
      .onConflictDoUpdate({ target: [knownCallers.account, knownCallers.mark], set: { seenAt } });
    const latest = db
      .select({ mark: knownCallers.mark })
      .from(knownCallers)
      .where(ofAccount)
      .orderBy(desc(knownCallers.seenAt))
      .limit(MOST);
    await db.delete(knownCallers).where(and(ofAccount, notInArray(knownCallers.mark, latest)));
  });
}

function hashOf(mark: string): string {
  return createHash("sha256").update(mark).digest("base64url");
}
