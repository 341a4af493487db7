import { expect, test } from "vitest";
import { z } from "zod";
import { Code, Email, Password } from "../auth/sign-in/forms";
import { Moment } from "../db/moment";
import { nameText, storableText } from "../db/text";
import type { AppError } from "../errors";
import { fault } from "../field-error";
import { parseInput } from "./parse";

const Contract = z.strictObject({
  name: nameText(5),
  note: storableText(0, 5).optional(),
  email: Email.optional(),
  code: Code.optional(),
  password: Password.optional(),
  session: z.string().min(20).optional(),
  role: z.enum(["viewer", "admin"]).optional(),
  limit: z.int().min(1).max(100).optional(),
  ids: z.array(z.uuid()).min(1).max(2).optional(),
  at: Moment.optional(),
  ours: z
    .string()
    .refine((text) => text !== "ours", fault("reserved"))
    .optional(),
  odd: z
    .string()
    .refine((text) => text.length % 2 === 1, "must be odd")
    .optional(),
  either: z.union([z.int(), z.boolean()]).optional(),
});

function faultsOf(input: object) {
  try {
    parseInput(Contract, { name: "a", ...input }, "body");
  } catch (error) {
    const { code, fields } = error as AppError;
    expect(code).toBe("invalid_request");
    return fields;
  }
  return null;
}

test.each<[input: object, field: string, code: string, params?: object]>([
  [{ name: undefined }, "name", "required"],
  [{ name: "  " }, "name", "required"],
  [{ name: 7 }, "name", "wrong_type", { expected: "string" }],
  [{ name: null }, "name", "wrong_type", { expected: "string" }],
  [{ name: "abcdef" }, "name", "too_long", { maximum: 5 }],
  [{ name: "\u2800" }, "name", "invisible"],
  [{ note: "\u0000" }, "note", "unstorable"],
  [{ email: "lantern" }, "email", "not_an_email"],
  [{ email: "" }, "email", "not_an_email"],
  [{ code: "12" }, "code", "not_a_code"],
  [{ code: "" }, "code", "not_a_code"],
  [{ password: "" }, "password", "required"],
  [{ session: "short" }, "session", "too_short", { minimum: 20 }],
  [{ role: "operator" }, "role", "not_listed", { values: ["viewer", "admin"] }],
  [{ limit: 0 }, "limit", "too_small", { minimum: 1 }],
  [{ limit: 1_000 }, "limit", "too_large", { maximum: 100 }],
  [{ ids: [] }, "ids", "required"],
  [{ ids: ["x"] }, "ids.0", "malformed", { format: "uuid" }],
  [{ ids: Array(3).fill(crypto.randomUUID()) }, "ids", "too_long", { maximum: 2 }],
  [{ at: "yesterday" }, "at", "malformed", { format: "datetime" }],
  [{ ours: "ours" }, "ours", "reserved"],
  [{ odd: "even" }, "odd", "invalid"],
  [{ either: "or" }, "either", "invalid"],
  [{ tenant_id: "globex" }, "", "unknown_field", { keys: ["tenant_id"] }],
])("%j: the fault of %s is %s", (input, field, code, params) => {
  expect(faultsOf(input)).toEqual([
    { field, code, message: expect.stringMatching(/\S/), ...(params && { params }) },
  ]);
});

test("what is missing is told so, whatever is listed there", () => {
  const Role = z.strictObject({ role: z.enum(["viewer", "admin"]), limit: z.int() });
  expect(() => parseInput(Role, {}, "body")).toThrow(
    expect.objectContaining({
      fields: [
        expect.objectContaining({ field: "role", code: "required" }),
        expect.objectContaining({ field: "limit", code: "required" }),
      ],
    }),
  );
});

test("what was typed is in no fault", () => {
  expect(
    JSON.stringify(faultsOf({ password: ["a secret"], session: "a secret", odd: "a secret" })),
  ).not.toContain("a secret");
});
