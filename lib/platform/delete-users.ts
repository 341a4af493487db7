import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { endAccess } from "../auth/endings/end-access";
import { listUsers, type PoolUser } from "../cognito/pool-users";
import { deleteUser, disableUser } from "../cognito/user-administration";
import { withDatabase } from "../db/client";
import { knownDevices, members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { tenantOf } from "../members/pool-member";

/** Four calls a user: far below what Cognito allows a pool, so that others' sign-ins go on. */
const PAUSE_MS = 100;

/** How far one process is in going through the pool, page by page. Until a pass finds nobody: somebody may have been on the way in. */
export class UserPasses {
  readonly #id: string;
  #from: string | null = null;
  #hasFound = false;
  readonly #gone = new Set<string>();

  constructor(tenantId: string) {
    this.#id = tenantId;
  }

  /**
   * Deletes users of the tenant until the deadline (epoch milliseconds).
   *
   * @param told of each that is gone.
   * @returns whether there are none left.
   * @throws AppError `cognito_unavailable`, `database_unavailable`.
   */
  async goOn(deadline: number, told: () => Promise<void>): Promise<boolean> {
    for (;;) {
      const { users, next } = await listUsers(this.#from);
      // Cognito's list may be somewhat behind.
      const own = users.filter((user) => tenantOf(user) === this.#id && !this.#gone.has(user.sub));
      for (const user of own) {
        if (Date.now() > deadline) return false;
        await remove(user);
        this.#gone.add(user.sub);
        this.#hasFound = true;
        await told();
        await sleep(PAUSE_MS);
      }
      this.#from = next;
      if (next === null && !this.#hasFound) break;
      if (next === null) this.#hasFound = false;
      if (Date.now() > deadline) return false;
    }
    await this.#endListed();
    return true;
  }

  /** Whom the pool has no more may have a token still. */
  async #endListed(): Promise<void> {
    const listed = await withTenant(this.#id, (tx) =>
      tx
        .select({ sub: members.sub, username: members.username })
        .from(members)
        .where(eq(members.tenantId, this.#id)),
    );
    for (const user of listed.filter(({ sub }) => !this.#gone.has(sub))) {
      await endAccess(user);
      await forgetDevices(user.sub);
    }
  }
}

/** Disabled first: what breaks off before the user is gone lets nobody in. */
async function remove(user: PoolUser): Promise<void> {
  await endAccess(user);
  await forgetDevices(user.sub);
  await disableUser(user.username).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
  });
  await deleteUser(user.username);
}

async function forgetDevices(sub: string): Promise<void> {
  await withDatabase((db) => db.delete(knownDevices).where(eq(knownDevices.sub, sub)));
}
