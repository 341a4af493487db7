import type { z } from "zod";
import { AppError } from "../errors";

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
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  if (as === "path") throw new AppError("not_found");
  throw new AppError("invalid_request", {
    fields: result.error.issues.map(({ path, message }) => ({ field: path.join("."), message })),
  });
}
