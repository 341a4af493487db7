import { expect, test } from "vitest";
import { areNoticesHeard, subscribe, unsubscribe } from "./tenant-notices";

test("notices are heard while nobody listens, not while a connection is being established, and then again", async () => {
  expect(areNoticesHeard()).toBe(true);
  const inbox = subscribe("tenant", "rows", "somebody");
  expect(areNoticesHeard()).toBe(false);
  while (!(await inbox.next(10_000)).isLive);
  expect(areNoticesHeard()).toBe(true);
  unsubscribe(inbox);
  expect(areNoticesHeard()).toBe(true);
});
