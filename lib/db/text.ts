import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { z } from "zod";
import { FAULTS, fault } from "../field-error";

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is the one character PostgreSQL cannot store.
const NUL = /\u0000/;

/** Text of `min` to `max` characters as PostgreSQL can store it. */
export function storableText(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min, min === 1 ? FAULTS.required : undefined)
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !NUL.test(value), fault("unstorable"));
}

/**
 * Something that one can see: no blank, no mark without a letter, nothing that only steers how others are shown, and
 * nothing that has a look by agreement only (private use) or none at all (noncharacters). Those that are named at the end
 * are letters and symbols by category and blank by design: Braille, hieroglyphs, a note without a head, an object that
 * is not there.
 */
const VISIBLE =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\p{M}\u2800\u{13441}\u{13442}\u{1d159}\ufffc]/u;

/** A name of up to `max` characters, by which people tell things apart: one that nobody can see is none. */
export function nameText(max: number) {
  return storableText(1, max).refine((name) => name === "" || VISIBLE.test(name), fault("invisible"));
}

const PERSON_NAME = nameText(100);

/** What a person calls themselves, as it may be asked for: one line. */
export const PersonName = z
  .string()
  .refine((name) => !NUL.test(name), fault("unstorable"))
  .transform((name) => name.replace(/[\s\p{Cc}]+/gu, " "))
  .pipe(PERSON_NAME);

/** The same as an account elsewhere says it, where anything may stand: null for what is no name. */
export function personName(said: string | null | undefined): string | null {
  return PersonName.safeParse([...(said ?? "")].slice(0, 100).join("")).data ?? null;
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

/** Of a column without a stored key. What is ASCII needs no Unicode, which takes many times as long a row. */
export function keyOf(column: SQLWrapper): SQL {
  const isAscii = sql`octet_length(${column}) = char_length(${column})`;
  return sql`case when ${isAscii} then lower(${column} collate "C") else ${searchKey(column)} end`;
}
