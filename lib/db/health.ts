import { AppError } from "../errors";
import { log } from "../log";
import { withDatabase } from "./client";
import { UnfitDatabaseError } from "./errors";
import { requireServing } from "./fitness";
import { members, sessions } from "./schema";
import { withTenant } from "./with-tenant";

/** No tenant's id: under it nobody has rows. */
const NO_TENANT = "-";

/**
 * Whether the database answers now, under both roles and from tables that requests read, and has what `isReachable`
 * asks for.
 */
export async function isServing(): Promise<boolean> {
  if (!(await isReachable())) return false;
  try {
    await withDatabase((db) => db.select({ id: sessions.id }).from(sessions).limit(1));
    await withTenant(NO_TENANT, (tx) => tx.select({ sub: members.sub }).from(members).limit(1));
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "database_unavailable") throw error;
    return false;
  }
}

/** Whether the database answers now, and has the tables and rights that this version of the application needs. */
export async function isReachable(): Promise<boolean> {
  try {
    await withDatabase(requireServing);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "database_unavailable") throw error;
    if (error.cause instanceof UnfitDatabaseError) log("error", "database.unfit", { error: error.cause });
    return false;
  }
}
