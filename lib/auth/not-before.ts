import { eq, sql } from "drizzle-orm";
import { withDatabase } from "../db/client";
import { notBefore } from "../db/schema";

/**
 * From now on no token of `sub` that was issued up to this second is accepted, on any instance. Needed because
 * a token that is verified locally stays verifiable until `exp`, whatever Cognito has revoked.
 */
export async function refuseIssuedTokens(sub: string): Promise<void> {
  const issuedAfter = Math.floor(Date.now() / 1000);
  await withDatabase((db) =>
    db
      .insert(notBefore)
      .values({ sub, issuedAfter })
      .onConflictDoUpdate({
        target: notBefore.sub,
        set: { issuedAfter: sql`greatest(${notBefore.issuedAfter}, excluded.issued_after)` },
      }),
  );
}

/** The second (since the epoch) up to which tokens of `sub` are refused; -Infinity when none are. */
export async function refusedUpTo(sub: string): Promise<number> {
  const rows = await withDatabase((db) =>
    db.select({ issuedAfter: notBefore.issuedAfter }).from(notBefore).where(eq(notBefore.sub, sub)),
  );
  return rows[0]?.issuedAfter ?? Number.NEGATIVE_INFINITY;
}
