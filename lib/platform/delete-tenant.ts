import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { withDatabase } from "../db/client";
import { tenants } from "../db/schema";
import { beginDeletion } from "./begin-deletion";
import { UserPasses } from "./delete-users";
import { takeStep } from "./finish-deletion";
import { type By, platformRecordOf } from "./platform-record";

/** Another process is at it: how often one looks whether it is at its end (milliseconds). */
const LOOK_MS = 500;

type Deleted = { users: number; rows: number };

/**
 * Deletes a tenant with everything that is its own, and comes back when it is gone: first nobody of it is served any more,
 * then its users are disabled and deleted at Cognito, then its rows go, and itself last. What breaks off stays refused, and
 * is brought to its end by the application, or by the same again. The platform's record tells of the beginning and of the
 * end, and is kept; tokens of before are refused by it until somebody makes a tenant of that id again.
 *
 * @param told how much of it is gone, from time to time.
 * @returns what went in all.
 * @throws AppError as beginDeletion and takeStep do.
 */
export async function deleteTenant(by: By, id: string, told?: (gone: Deleted) => void): Promise<Deleted> {
  await beginDeletion(by, id);
  const passes = new UserPasses(id);
  for (;;) {
    const isOver = await takeStep(id, passes);
    const gone = await progressOf(id);
    if (gone === null) break;
    told?.(gone);
    if (isOver === null) await sleep(LOOK_MS);
  }
  const { users = 0, rows = 0 } = (await platformRecordOf(id)).at(-1)?.detail ?? {};
  return { users: Number(users), rows: Number(rows) };
}

async function progressOf(id: string): Promise<Deleted | null> {
  const columns = { users: tenants.deletedUsers, rows: tenants.deletedRows };
  const [row] = await withDatabase((db) => db.select(columns).from(tenants).where(eq(tenants.id, id)));
  return row ?? null;
}
