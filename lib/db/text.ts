import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
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

/**
 * Text in lower case, to compare without regard to case in every alphabet: a plain `lower` goes by the locale of the
 * database, and in `C` it changes A to Z and leaves É and Я as they are. ICU's root locale is on every server that was
 * built with ICU (PostgreSQL, "Collation Support"). What comes out compares as columns do, else no index would serve it.
 *
 * @param text a column or a value.
 */
export function inLowerCase(text: SQLWrapper | string): SQL {
  return sql`lower(${text} collate "und-x-icu") collate "default"`;
}
