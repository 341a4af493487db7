import { inArray, notInArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** No version at all will do: the thing must not be there. */
export const ANY_VERSION = "any";

/** Which versions of a thing a write may find. `help` is for the caller when it finds another. */
export type Expected = {
  /** Null: whichever. Empty: none that there can be. */
  oneOf: readonly number[] | null;
  noneOf: readonly number[] | typeof ANY_VERSION;
  help?: string;
};

/**
 * Whichever version there is.
 *
 * @public for features
 */
export const WHICHEVER: Expected = { oneOf: null, noneOf: [] };

export function isExpected(version: number, { oneOf, noneOf }: Expected): boolean {
  if (noneOf === ANY_VERSION || noneOf.includes(version)) return false;
  return oneOf === null || oneOf.includes(version);
}

/**
 * The same as a condition on a row; undefined where each will do.
 *
 * @public for features
 */
export function whereExpected(column: PgColumn, { oneOf, noneOf }: Expected): SQL | undefined {
  if (noneOf === ANY_VERSION || oneOf?.length === 0) return sql`false`;
  if (oneOf !== null)
    return inArray(
      column,
      oneOf.filter((version) => !noneOf.includes(version)),
    );
  return noneOf.length > 0 ? notInArray(column, [...noneOf]) : undefined;
}

/**
 * What a caller is told when another version was found.
 *
 * @public for features
 */
export function detailOf({ help }: Expected): { detail?: string } {
  return help === undefined ? {} : { detail: help };
}
