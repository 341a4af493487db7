import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { areNoticesHeard, subscribe, unsubscribe } from "./tenant-notices";

test("an instance is not out of hearing for the first who listens after a connection was lost that nobody listened on", async () => {
  const first = subscribe("tenant", "rows", "somebody");
  while (!(await first.next(10_000)).isLive);
  unsubscribe(first);
  await asSuperuser((tx) =>
    tx.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like '%-listen'`),
  );
  // Until the loss is noticed one still hears.
  const isLost = async () => {
    const inbox = subscribe("tenant", "rows", "somebody");
    const { isLive } = await inbox.next(0);
    if (isLive) unsubscribe(inbox);
    return !isLive;
  };
  await vi.waitUntil(isLost, { interval: 1, timeout: 10_000 });
  expect(areNoticesHeard()).toBe(true);
});
