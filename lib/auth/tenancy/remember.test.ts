import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { remember } from "./remember";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("who asks at the same time or soon after has the same answer; later it is asked anew", async () => {
  const oncePerMinute = remember<number>(60);
  let asked = 0;
  const ask = async () => ++asked;
  expect(await Promise.all([oncePerMinute("a", ask), oncePerMinute("a", ask)])).toEqual([1, 1]);
  vi.advanceTimersByTime(59_999);
  expect(await oncePerMinute("a", ask)).toBe(1);
  expect(await oncePerMinute("b", ask)).toBe(2);
  vi.advanceTimersByTime(1);
  expect(await oncePerMinute("a", ask)).toBe(3);
});

test("what failed is asked anew", async () => {
  const oncePerMinute = remember<string>(60);
  await expect(oncePerMinute("a", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  expect(await oncePerMinute("a", async () => "up")).toBe("up");
});

test("of more keys than it holds the oldest are forgotten", async () => {
  const oncePerMinute = remember<number>(60);
  for (let key = 0; key <= 10_000; key++) await oncePerMinute(String(key), async () => key);
  expect(await oncePerMinute("10000", async () => -1)).toBe(10_000);
  expect(await oncePerMinute("0", async () => -1)).toBe(-1);
});
