import { afterEach, expect, test, vi } from "vitest";
import { Inbox } from "./inbox";

afterEach(() => {
  vi.useRealTimers();
});

test("an inbox says how much waits to be looked at, and since when the first of it has", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const inbox = new Inbox("tenant", "rows", "somebody", () => true);
  expect(inbox.waiting).toEqual({ ids: 0, seconds: 0 });
  inbox.put(["a"]);
  vi.advanceTimersByTime(3_000);
  inbox.put(["a", "b"]);
  vi.advanceTimersByTime(1_000);
  expect(inbox.waiting).toEqual({ ids: 2, seconds: 4 });
  expect((await inbox.next(0)).ids).toEqual(["a", "b"]);
  expect(inbox.waiting).toEqual({ ids: 0, seconds: 0 });
  inbox.put(["c"]);
  vi.advanceTimersByTime(1_000);
  expect(inbox.waiting).toEqual({ ids: 1, seconds: 1 });
});
