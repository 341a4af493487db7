import { AppError } from "../errors";
import { log } from "../log";
import { withDatabase } from "./client";
import { UnfitDatabaseError } from "./errors";
import { requireServing } from "./fitness";

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
