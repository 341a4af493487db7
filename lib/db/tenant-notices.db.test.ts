import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { withDatabase } from "./client";
import type { Inbox } from "./inbox";
import { announce, endNotices, subscribe, unsubscribe, unsubscribeAll } from "./tenant-notices";
import { withTenant } from "./with-tenant";

const SOON_MS = 10_000;
const onPostgres = process.env.DATABASE_URL !== undefined;

afterEach(unsubscribeAll);

const newTenantId = () => `tenant-${randomUUID()}`;
const tell = (tenantId: string, ids: string[]) =>
  withTenant(tenantId, (tx) => announce(tx, tenantId, "rows", ids));

/** An inbox that is connected and has read what there was to say at first. */
async function listening(tenantId: string, holder = randomUUID() as string): Promise<Inbox> {
  const inbox = subscribe(tenantId, "rows", holder);
  onTestFinished(() => unsubscribe(inbox));
  for (;;) if ((await inbox.next(SOON_MS)).isLive) return inbox;
}

test("a subscriber hears the ids of its own tenant and topic, once they are committed", async () => {
  const tenantId = newTenantId();
  const inbox = await listening(tenantId);
  const second = await listening(tenantId);
  await tell(newTenantId(), ["foreign"]);
  await withTenant(tenantId, (tx) => announce(tx, tenantId, "other rows", ["of another kind"]));
  await withTenant(tenantId, async (tx) => {
    await announce(tx, tenantId, "rows", ["undone"]);
    throw new Error("undone");
  }).catch(() => undefined);
  await tell(tenantId, ["mine", "too"]);
  const heard = { ids: ["mine", "too"], isLive: true, hasGap: false };
  expect(await inbox.next(SOON_MS)).toEqual(heard);
  expect(await second.next(SOON_MS)).toEqual(heard);
});

test("100 ids of the longest tenant fit into one notice", async () => {
  const tenantId = "t".repeat(64);
  const inbox = await listening(tenantId);
  const ids = Array.from({ length: 100 }, () => randomUUID());
  await tell(tenantId, ids);
  expect((await inbox.next(SOON_MS)).ids).toEqual(ids);
});

test("who does not read is kept no long list, and told that there was a gap", async () => {
  const tenantId = newTenantId();
  const [slow, quick] = [await listening(tenantId), await listening(tenantId)];
  for (const half of [0, 1]) {
    const ids = Array.from({ length: 80 }, (_, index) => `${half}-${index}`);
    await tell(tenantId, ids);
    expect((await quick.next(SOON_MS)).ids).toEqual(ids);
  }
  expect(await slow.next(SOON_MS)).toEqual({ ids: [], isLive: true, hasGap: true });
});

test("what is on the channel and is no notice of ours is passed over", async () => {
  const tenantId = newTenantId();
  const inbox = await listening(tenantId);
  for (const payload of ["", "{", "null", '{"tenant":1}']) {
    await withDatabase((db) => db.execute(sql`select pg_notify('sekisho_notices', ${payload})`));
  }
  await tell(tenantId, ["mine"]);
  expect((await inbox.next(SOON_MS)).ids).toEqual(["mine"]);
});

test("nobody can hold any number of inboxes, and a closed one makes room", () => {
  const tenantId = newTenantId();
  const open = Array.from({ length: 20 }, () => subscribe(tenantId, "rows", "me"));
  expect(() => subscribe(tenantId, "rows", "me")).toThrow(expect.objectContaining({ code: "rate_limited" }));
  expect(subscribe(tenantId, "rows", "somebody else").isClosed).toBe(false);
  for (const inbox of open.slice(0, 1)) unsubscribe(inbox);
  expect(subscribe(tenantId, "rows", "me").isClosed).toBe(false);
});

test("an inbox that is closed wakes whoever waits for it", async () => {
  const inbox = await listening(newTenantId());
  const waiting = inbox.next(600_000);
  unsubscribe(inbox);
  expect((await waiting).ids).toEqual([]);
});

// PGlite is this very process: there is no connection that could end by itself.
if (onPostgres) {
  test("a connection that the server ends is established again, and the subscriber told that there was a gap", async () => {
    const tenantId = newTenantId();
    const inbox = await listening(tenantId);
    const { rows } = (await asSuperuser((tx) =>
      tx.execute(sql`
        select pg_terminate_backend(pid) as ended from pg_stat_activity
        where application_name = 'sekisho-listen' and datname = current_database()`),
    )) as unknown as { rows: { ended: boolean }[] };
    expect(rows).toEqual([{ ended: true }]);
    const seen = [await inbox.next(SOON_MS)];
    while (!seen.at(-1)?.isLive) seen.push(await inbox.next(SOON_MS));
    expect(seen.at(-1)).toEqual({ ids: [], isLive: true, hasGap: true });
    await tell(tenantId, ["after"]);
    expect((await inbox.next(SOON_MS)).ids).toEqual(["after"]);
  });
}

test("when a process is to stop, every inbox is closed, and so is one that is opened afterwards", async () => {
  const tenantId = newTenantId();
  const inbox = await listening(tenantId);
  endNotices();
  expect(inbox.isClosed).toBe(true);
  expect(subscribe(tenantId, "rows", "later").isClosed).toBe(true);
});
