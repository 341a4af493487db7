import { describe, expect, test } from "vitest";
import { ItemChange, ItemPath, NewItem } from "./contract";

describe("a new item", () => {
  test("has a name, and a description that may be left out", () => {
    expect(NewItem.parse({ name: "  Gate pass " })).toEqual({ name: "Gate pass", description: "" });
    expect(NewItem.parse({ name: "x", description: " y\n" })).toEqual({ name: "x", description: "y" });
  });
  test("keeps any other text as it is", () => {
    for (const text of [
      "<img onerror=alert(1)>",
      "</script>",
      "\u202Egnp.exe",
      "関所 🗝️",
      "' or 1=1 --",
      "\\0",
    ]) {
      expect(NewItem.parse({ name: text, description: text })).toEqual({ name: text, description: text });
    }
  });
  test("may be as long as it may be, and no longer", () => {
    expect(NewItem.safeParse({ name: "n".repeat(200), description: "d".repeat(2_000) }).success).toBe(true);
    expect(NewItem.safeParse({ name: "n".repeat(201) }).success).toBe(false);
    expect(NewItem.safeParse({ name: "n", description: "d".repeat(2_001) }).success).toBe(false);
  });
  test.each([
    {},
    { name: "" },
    { name: " \n\t" },
    { name: 1 },
    { name: null },
    { name: ["x"] },
    { name: "a\0b" },
    null,
    "x",
  ])("cannot be %j", (input) => expect(NewItem.safeParse(input).success).toBe(false));
});

describe("what the server decides is refused, not ignored", () => {
  test.each([
    "tenant_id",
    "tenantId",
    "id",
    "owner_sub",
    "ownerSub",
    "version",
    "created_at",
    "updated_at",
    "x",
  ])("%s", (name) => {
    expect(NewItem.safeParse({ name: "x", [name]: "y" }).success).toBe(false);
    expect(ItemChange.safeParse({ name: "x", [name]: "y" }).success).toBe(false);
  });
  test("__proto__", () => {
    expect(NewItem.safeParse(JSON.parse('{"name":"x","__proto__":{"tenant_id":"y"}}')).success).toBe(false);
  });
});

describe("a change", () => {
  test("may be of the name, of the description or of both", () => {
    expect(ItemChange.parse({ name: " n " })).toEqual({ name: "n" });
    expect(ItemChange.parse({ description: "" })).toEqual({ description: "" });
    expect(ItemChange.parse({ name: "n", description: "d" })).toEqual({ name: "n", description: "d" });
  });
  test.each([{}, { name: "" }, { description: null }, { name: "a\0" }])("cannot be %j", (input) =>
    expect(ItemChange.safeParse(input).success).toBe(false),
  );
});

test.each([
  "1",
  "me",
  "019aa2b0-0000-7000-8000-00000000000",
  "{019aa2b0-0000-7000-8000-000000000001}",
  "' or 1=1",
])("%s is no item's id", (id) => expect(ItemPath.safeParse({ id }).success).toBe(false));
