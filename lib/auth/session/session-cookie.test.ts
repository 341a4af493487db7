import { afterEach, expect, test, vi } from "vitest";
import { encodeCookie, readSessionCookie } from "./session-cookie";

afterEach(() => {
  vi.useRealTimers();
});

test("a cookie that was read before is not decrypted again, and ends when it ends all the same", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const cookie = { sessionId: "one", sub: "alice", name: "Alice" };
  const value = await encodeCookie(cookie, "", 60);
  const read = await readSessionCookie(value);
  expect(read).toEqual(cookie);
  expect(await readSessionCookie(value)).toBe(read);
  // Clocks may differ by 15 seconds.
  vi.setSystemTime(Date.now() + 76_000);
  expect(await readSessionCookie(value)).toBeNull();
});

test("what differs from it in one character is none", async () => {
  const value = await encodeCookie({ sessionId: "two", sub: "alice" }, "", 60);
  await readSessionCookie(value);
  const other = value.replace(/[^.](?=[^.]*$)/, (one) => (one === "A" ? "B" : "A"));
  expect(await readSessionCookie(other)).toBeNull();
  expect(await readSessionCookie(undefined)).toBeNull();
});
