import { z } from "zod";
import { fault } from "../field-error";

/** The areas of the IANA time zone database, and the two names without one. Older names are not the same everywhere. */
const NAME =
  /^(UTC|GMT|Etc\/(UTC|GMT([+-]\d{1,2})?)|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)(\/[A-Za-z0-9_+-]+){1,2})$/;

/**
 * A time zone by its IANA name. Abbreviations (IST, AET) and offsets are refused: Node and PostgreSQL, which both count
 * days in it, do not mean the same by them. A test compares the two over every name that passes.
 */
export const Zone = z
  .string()
  .max(64)
  .refine((name) => NAME.test(name) && isKnown(name), fault("not_a_time_zone"));

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
