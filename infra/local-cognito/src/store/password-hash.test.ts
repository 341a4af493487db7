import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashPassword, passwordMatches } from "./password-hash";

describe("a stored password", () => {
  it("matches itself and no other", async () => {
    const stored = await hashPassword("Correct-horse-1", { poolId: "ap-northeast-1_a", username: "u" });
    expect(await passwordMatches(stored, "Correct-horse-1")).toBe(true);
    expect(await passwordMatches(stored, "Correct-horse-2")).toBe(false);
  });

  it("that was stored without its cost still matches", async () => {
    const salt = Buffer.alloc(16, 7);
    const hash = scryptSync("Correct-horse-1", salt, 32, { N: 4096 });
    const former = { hash: hash.toString("base64"), salt: salt.toString("base64") };
    expect(await passwordMatches(former, "Correct-horse-1")).toBe(true);
    expect(await passwordMatches(former, "Correct-horse-2")).toBe(false);
  });
});
