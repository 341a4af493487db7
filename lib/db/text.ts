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

/** Something that one can see: no blank, no mark without a letter, nothing that only steers how others are shown. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\u2800]/u;

/** A name of up to `max` characters, by which people tell things apart: one that nobody can see is none. */
export function nameText(max: number) {
  return storableText(1, max).refine(
    (name) => name === "" || VISIBLE.test(name),
    "must have a visible character",
  );
}

/**
 * What a search compares, on both sides: NFKC and case folded (Unicode standard, section 3.13), in every alphabet and
 * whatever the locale of the database. `search_key` in the migrations is the one definition, also of the columns that
 * keep it; ICU's root locale is on every server that was built with ICU (PostgreSQL, "Collation Support").
 *
 * @param text a column or a value.
 */
export function searchKey(text: SQLWrapper | string): SQL {
  return sql`search_key(${text})`;
}
