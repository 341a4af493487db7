import { describe, expect, test } from "vitest";
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
    "5;drop table items",
    "0x10f",
    null,
  ])("%j is refused", (limit) => expect(PageQuery.safeParse({ limit }).success).toBe(false));

  test("a parameter that nobody knows is refused", () => {
    expect(PageQuery.safeParse({ offset: "10" }).success).toBe(false);
    expect(PageQuery.safeParse({ tenant_id: "globex" }).success).toBe(false);
  });
});

describe("a cursor", () => {
  test("comes back as the position it was made from", () => {
    expect(decodeCursor(encodeCursor(POSITION, "acme", "items"), "acme", "items")).toEqual(POSITION);
  });
  test("fits into a query", () => {
    expect(encodeCursor(POSITION, "acme", "items").length).toBeLessThan(200);
    expect(encodeCursor(POSITION, "acme", "items")).toMatch(/^[\w.-]+$/);
  });

  const cursor = encodeCursor(POSITION, "acme", "items");
  const [payload = "", signature = ""] = cursor.split(".");
  const forged = Buffer.from(JSON.stringify([0, POSITION.id])).toString("base64url");
  test.each<[string, string, string, string]>([
    ["of another tenant", encodeCursor(POSITION, "globex", "items"), "acme", "items"],
    ["of another list", encodeCursor(POSITION, "acme", "alerts"), "acme", "items"],
    [
      "of a tenant and list that only together spell ours",
      encodeCursor(POSITION, "acme,items", ""),
      "acme",
      "items",
    ],
    ["with another position", `${forged}.${signature}`, "acme", "items"],
    ["without a signature", payload, "acme", "items"],
    ["with an empty signature", `${payload}.`, "acme", "items"],
    ["with half a signature", `${payload}.${signature.slice(0, 10)}`, "acme", "items"],
    ["with the signature first", `${signature}.${payload}`, "acme", "items"],
    ["that is empty", "", "acme", "items"],
    ["that is a dot", ".", "acme", "items"],
    ["that is garbage", "' or 1=1 --", "acme", "items"],
    ["that is a UUID", POSITION.id, "acme", "items"],
    ["that is long", "x".repeat(100_000), "acme", "items"],
  ])("%s is refused", (_, forgery, tenant, list) => {
    expect(() => decodeCursor(forgery, tenant, list)).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        status: 400,
        fields: [{ field: "cursor", message: "is not a cursor of this list" }],
      }),
    );
  });
});
