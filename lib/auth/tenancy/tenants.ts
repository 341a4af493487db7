import { eq } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import { tenants } from "../../db/schema";
import { AppError } from "../../errors";
import { remember } from "./remember";

export type KnownTenant = { id: string; name: string };

const keptOnce = remember<void>(60 * 60);
const foundOnce = remember<KnownTenant>(60);

/** Has a tenant among those there are, under its id until somebody names it. @throws AppError `database_unavailable`. */
export function keepTenant(id: string): Promise<void> {
  return keptOnce(id, () =>
    withDatabase(async (db) => {
      await db.insert(tenants).values({ id, name: id, createdAt: new Date() }).onConflictDoNothing();
    }),
  );
}

/**
 * A tenant that there is. What is not there is asked for anew each time: it may be made at any moment.
 *
 * @throws AppError `unknown_tenant`, `database_unavailable`.
 */
export function knownTenant(id: string): Promise<KnownTenant> {
  return foundOnce(id, async () => {
    const rows = await withDatabase((db) =>
      db.select({ id: tenants.id, name: tenants.name }).from(tenants).where(eq(tenants.id, id)),
    );
    if (!rows[0]) throw new AppError("unknown_tenant");
    return rows[0];
  });
}

/** What a tenant is called; its id while it is not among those there are. @throws AppError `database_unavailable`. */
export async function tenantName(id: string): Promise<string> {
  try {
    return (await knownTenant(id)).name;
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown_tenant") return id;
    throw error;
  }
}
