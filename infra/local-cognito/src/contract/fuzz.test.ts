import { describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { fuzz } from "./fuzzing";

const target = await openForFile();

describe.skipIf(!target.isOwn)("two thousand requests, changed by chance", () => {
  it("are each answered, by 2xx, 3xx or 4xx", { timeout: 300_000 }, async () => {
    const { requests, findings, statuses } = await fuzz(target, { requests: 2_000, seed: 20_260_731 });
    expect(findings).toEqual([]);
    expect(requests).toBe(2_000);
    // Both kinds, or the requests would be only noise, or only valid.
    expect(statuses["200"]).toBeGreaterThan(20);
    expect(statuses["400"]).toBeGreaterThan(1_000);
  });
});
