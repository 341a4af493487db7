import type { z } from "zod";
import { AppError } from "../errors";
import { type FieldError, isFaultCode } from "../field-error";

/**
 * What a contract makes of an input.
 *
 * @throws AppError `invalid_request` naming every fault, or `not_found` when `as` is "path": an id that cannot exist
 *   is answered as one that does not.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  as: "body" | "query" | "path",
): z.output<Schema> {
  // The input stays in here: an issue tells by it what is missing from what is wrong.
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  if (as === "path") throw new AppError("not_found");
  throw new AppError("invalid_request", { fields: result.error.issues.map(fieldErrorOf) });
}

function fieldErrorOf(issue: z.core.$ZodIssue): FieldError {
  return { field: issue.path.join("."), message: issue.message, ...kindOf(issue) };
}

/** The code of a fault by zod's code of the issue and what goes with that. */
function kindOf(issue: z.core.$ZodIssue): Pick<FieldError, "code" | "params"> {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return { code: "required" };
      return { code: "wrong_type", params: { expected: issue.expected } };
    case "invalid_value":
      if (issue.input === undefined) return { code: "required" };
      return { code: "not_listed", params: { values: issue.values.map(String) } };
    case "too_small": {
      const params = { minimum: Number(issue.minimum) };
      if (!hasLength(issue.origin)) return { code: "too_small", params };
      return params.minimum === 1 ? { code: "required" } : { code: "too_short", params };
    }
    case "too_big": {
      const params = { maximum: Number(issue.maximum) };
      return { code: hasLength(issue.origin) ? "too_long" : "too_large", params };
    }
    case "invalid_format":
      if (issue.format === "email") return { code: "not_an_email" };
      return { code: "malformed", params: { format: issue.format } };
    case "unrecognized_keys":
      return { code: "unknown_field", params: { keys: issue.keys } };
    case "custom":
      return { code: isFaultCode(issue.params?.fault) ? issue.params.fault : "invalid" };
    default:
      return { code: "invalid" };
  }
}

function hasLength(origin: string): boolean {
  return origin === "string" || origin === "array";
}
