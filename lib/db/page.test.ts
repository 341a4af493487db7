import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";
import { PageQuery } from "./page";

const POSITION = {
  createdAt: new Date("2026-11-20T18:45:00.123Z"),
  id: "019aa2b0-0000-7000-8000-000000000001",
};

describe("the limit of a page", () => {
  test.each([
    [undefined, 50],
    ["1", 1],
    ["100", 100],
  ])("%j is %d", (limit, expected) => expect(PageQuery.parse({ limit })).toEqual({ limit: expected }));

  test.each([
    "0",
    "-1",
    "101",
    "1e9",
    "NaN",
    "Infinity",
    "1.5",
    "",
    "ten",
    "5;drop table members",
    "0x10f",
    null,
  ])("%j is refused", (limit) => expect(PageQuery.safeParse({ limit }).success).toBe(false));

  test("a parameter that nobody knows is refused", () => {
    expect(PageQuery.safeParse({ offset: "10" }).success).toBe(false);
    expect(PageQuery.safeParse({ tenant_id: "globex" }).success).toBe(false);
  });
});

describe("while the secret is being changed", () => {
  const [old, next] = [randomBytes(33).toString("hex"), randomBytes(33).toString("hex")];
  /** The cursors of an instance with these secrets. */
  async function instance(secret: string, other = "") {
    vi.resetModules();
    vi.stubEnv("NEXTAUTH_SECRET", secret);
    vi.stubEnv("NEXTAUTH_SECRET_PREVIOUS", other);
    const cursors = await import("./cursor");
    // The environment is read once, at the first call.
    cursors.encodeCursor(POSITION, "acme", "members");
    return {
      make: () => cursors.encodeCursor(POSITION, "acme", "members"),
      take: (cursor: string) => cursors.decodeCursor(cursor, "acme", "members"),
    };
  }
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });
  test("each instance takes the cursors of every other in each of the rounds", async () => {
    const rounds = [
      [await instance(old), await instance(old, next)],
      [await instance(old, next), await instance(next, old)],
      [await instance(next, old), await instance(next)],
    ];
    for (const [before, after] of rounds) {
      if (!before || !after) throw new Error("a round has two kinds of instances");
      expect(after.take(before.make())).toEqual(POSITION);
      expect(before.take(after.make())).toEqual(POSITION);
    }
  });
  test("and none by a secret that is neither", async () => {
    const [one, other] = [await instance(old), await instance(next)];
    expect(() => other.take(one.make())).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });
});

describe("a cursor", () => {
  test("comes back as the position it was made from", () => {
    expect(decodeCursor(encodeCursor(POSITION, "acme", "members"), "acme", "members")).toEqual(POSITION);
  });
  test("fits into a query", () => {
    expect(encodeCursor(POSITION, "acme", "members").length).toBeLessThan(200);
    expect(encodeCursor(POSITION, "acme", "members")).toMatch(/^[\w.-]+$/);
  });

  const cursor = encodeCursor(POSITION, "acme", "members");
  const [payload = "", signature = ""] = cursor.split(".");
  const forged = Buffer.from(JSON.stringify([0, POSITION.id])).toString("base64url");
  test.each<[string, string, string, string]>([
    ["of another tenant", encodeCursor(POSITION, "globex", "members"), "acme", "members"],
    ["of another list", encodeCursor(POSITION, "acme", "audit"), "acme", "members"],
    [
      "of a tenant and list that only together spell ours",
      encodeCursor(POSITION, "acme,members", ""),
      "acme",
      "members",
    ],
    ["with another position", `${forged}.${signature}`, "acme", "members"],
    ["without a signature", payload, "acme", "members"],
    ["with an empty signature", `${payload}.`, "acme", "members"],
    ["with half a signature", `${payload}.${signature.slice(0, 10)}`, "acme", "members"],
    ["with the signature first", `${signature}.${payload}`, "acme", "members"],
    ["that is empty", "", "acme", "members"],
    ["that is a dot", ".", "acme", "members"],
    ["that is garbage", "' or 1=1 --", "acme", "members"],
    ["that is a UUID", POSITION.id, "acme", "members"],
    ["that is long", "x".repeat(100_000), "acme", "members"],
  ])("%s is refused", (_, forgery, tenant, list) => {
    expect(() => decodeCursor(forgery, tenant, list)).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        status: 400,
        fields: [{ field: "cursor", code: "malformed", message: "is not a cursor of this list" }],
      }),
    );
  });
});
