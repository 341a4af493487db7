import { expect, test } from "vitest";
import { areNoticesHeard, subscribe, unsubscribe } from "./tenant-notices";

test("an instance is not out of hearing for having a first listener: while nobody listens, while the connection is made, and then", async () => {
  expect(areNoticesHeard()).toBe(true);
  const inbox = subscribe("tenant", "rows", "somebody");
  expect(await inbox.next(0)).toMatchObject({ isLive: false });
  expect(areNoticesHeard()).toBe(true);
  while (!(await inbox.next(10_000)).isLive);
  expect(areNoticesHeard()).toBe(true);
  unsubscribe(inbox);
  expect(areNoticesHeard()).toBe(true);
});
