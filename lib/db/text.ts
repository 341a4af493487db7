import { z } from "zod";

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is the one character PostgreSQL cannot store.
const NUL = /\u0000/;

/** Text of `min` to `max` characters as PostgreSQL can store it. */
export function storableText(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min, min === 1 ? "must not be empty" : undefined)
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !NUL.test(value), "must not contain NUL");
}
