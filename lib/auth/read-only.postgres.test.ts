import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { closeDatabase, withDatabase } from "../db/client";
import { sessions } from "../db/schema";
import { createItem } from "../items/create-item";
import { listItems } from "../items/list-items";
import { createSession, findSession } from "./session-store";

const owner = { sub: "s", username: "u", client: "server" as const, userAgent: "", address: "" };
const tokens = { accessToken: "a", idToken: "i", refreshToken: "r", expiresIn: 3600 };

/** As during a failover to a replica: new connections may only read. */
async function readOnly(is: "on" | "off"): Promise<void> {
  await asSuperuser(async (tx) => {
    // The setting binds the superuser as well.
    await tx.execute(sql`set transaction read write`);
    const { rows } = (await tx.execute(sql`select current_database() as name`)) as unknown as {
      rows: { name: string }[];
    };
    await tx.execute(sql.raw(`alter database "${rows[0]?.name}" set default_transaction_read_only = ${is}`));
  });
  await closeDatabase();
}

afterEach(() => readOnly("off"));

test("while the database can only be read, sessions and lists are read, and what was missed is caught up with", async () => {
  const tenant = makeTenant();
  await createItem(tenant, { name: "Lantern", description: "" });
  const id = await createSession(owner, tokens);
  const old = sql`now() - interval '10 minutes'`;
  await withDatabase((db) => db.update(sessions).set({ lastSeenAt: old }).where(eq(sessions.id, id)));

  await readOnly("on");
  expect(await findSession(id)).toMatchObject({ id, sub: "s" });
  expect((await listItems(tenant, { limit: 10 })).rows).toHaveLength(1);
  const unavailable = { code: "database_unavailable", status: 503 };
  await expect(createItem(tenant, { name: "Bell", description: "" })).rejects.toMatchObject(unavailable);
  await expect(createSession(owner, tokens)).rejects.toMatchObject(unavailable);

  await readOnly("off");
  expect(await findSession(id)).toMatchObject({ id });
  const seen = sql<boolean>`${sessions.lastSeenAt} > now() - interval '1 minute'`;
  const rows = await withDatabase((db) => db.select({ seen }).from(sessions).where(eq(sessions.id, id)));
  expect(rows).toEqual([{ seen: true }]);
});
