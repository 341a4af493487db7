import { and, eq } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import { acceptedUsers } from "../../db/schema";

export type AcceptedUser = Pick<
  typeof acceptedUsers.$inferSelect,
  "sub" | "tenant" | "username" | "subject" | "email" | "isLinked"
>;

/** Whoever was let in by the tenant's provider, with this `sub`; null for anybody else. @throws AppError `database_unavailable`. */
export async function findAccepted(sub: string, tenant: string): Promise<AcceptedUser | null> {
  const [row] = await withDatabase((db) =>
    db
      .select()
      .from(acceptedUsers)
      .where(and(eq(acceptedUsers.sub, sub), eq(acceptedUsers.tenant, tenant))),
  );
  return row ?? null;
}

/** The link to a provider of somebody who had an account before; null for anybody else. @throws AppError `database_unavailable`. */
export async function findLinked(sub: string): Promise<AcceptedUser | null> {
  const whereLinked = and(eq(acceptedUsers.sub, sub), eq(acceptedUsers.isLinked, true));
  const [row] = await withDatabase((db) => db.select().from(acceptedUsers).where(whereLinked));
  return row ?? null;
}

/** All of a tenant. @throws AppError `database_unavailable`. */
export function acceptedOf(tenant: string): Promise<AcceptedUser[]> {
  return withDatabase((db) => db.select().from(acceptedUsers).where(eq(acceptedUsers.tenant, tenant)));
}

/** Has somebody count as let in. @throws AppError `database_unavailable`. */
export async function accept(user: AcceptedUser): Promise<void> {
  const { sub: _, ...changed } = user;
  await withDatabase((db) =>
    db
      .insert(acceptedUsers)
      .values({ ...user, acceptedAt: new Date() })
      .onConflictDoUpdate({ target: acceptedUsers.sub, set: changed }),
  );
}

/** Has them count no more, from the next request on. @throws AppError `database_unavailable`. */
export async function forgetAccepted(sub: string): Promise<void> {
  await withDatabase((db) => db.delete(acceptedUsers).where(eq(acceptedUsers.sub, sub)));
}
