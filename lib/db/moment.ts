import { z } from "zod";

/** Nothing of ours is older. What asks for more, such as the zero time of Go and .NET, means "from the beginning". */
const FIRST = "1970-01-01";
/** One day before the last that every part on the way can count one further from. */
const LAST = "9999-12-30";

/**
 * A moment as RFC 3339 writes it, in whichever offset; what lies outside of 1970 to 9999 is taken for the nearest
 * moment inside, since neither PostgreSQL nor ISO 8601 as JavaScript writes it has a year 0 or 10000.
 */
export const Moment = z.iso.datetime({ offset: true }).transform((moment) => {
  const at = Math.min(Math.max(Date.parse(moment), Date.parse(FIRST)), Date.parse(LAST));
  return new Date(at).toISOString();
});

/** A day, within the same bounds. */
export const Day = z.iso.date().transform((day) => (day < FIRST ? FIRST : day > LAST ? LAST : day));
