import { describe, expect, it } from "vitest";
import { matchingStep, stepAt, totpCode } from "./totp";

describe("a code of an authenticator app", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [2_000_000_000, "279037"],
  ])("at second %i is %s (RFC 6238, appendix B, the last six digits)", (second, code) => {
    expect(totpCode(secret, stepAt(second * 1_000))).toBe(code);
  });

  it("is good one step before and after its own, and none further off", () => {
    const now = 1_111_111_109_000;
    const good = [-2, -1, 0, 1, 2].filter((steps) => {
      const step = stepAt(now) + steps;
      return matchingStep(secret, totpCode(secret, step), now) === step;
    });
    expect(good).toEqual([-1, 0, 1]);
  });
});
