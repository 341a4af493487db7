import { afterEach, expect, test, vi } from "vitest";
import { AppError } from "../../errors";
import { payBack } from "./owed-points";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a point that an outage kept, and then a fault, is told in the log", async () => {
  vi.useFakeTimers();
  const written = vi.spyOn(console, "error").mockReturnValue();
  const faults = [new AppError("database_unavailable"), new Error("relation does not exist")];
  await payBack([{ until: Date.now() + 60_000, pay: () => Promise.reject(faults.shift()) }]);
  expect(written).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(faults).toEqual([]);
  expect(JSON.parse(String(written.mock.calls[0]?.[0]))).toMatchObject({
    event: "rate_limit.not_given_back",
    error: { message: "relation does not exist" },
  });
});
