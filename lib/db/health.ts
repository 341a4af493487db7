import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { withDatabase } from "./client";

/** Whether the database answers now. */
export async function isReachable(): Promise<boolean> {
  try {
    await withDatabase((db) => db.execute(sql`select 1`));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "database_unavailable") return false;
    throw error;
  }
}
