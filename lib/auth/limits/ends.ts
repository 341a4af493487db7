import { sql } from "drizzle-orm";
import { knownCallers, rateLimits } from "../../db/schema";
import type { TableEnd } from "../../db/table-end";

export const ends: readonly TableEnd[] = [
  {
    table: knownCallers,
    by: "time",
    when: "a year after the last sign-in; 20 of an account are kept at the most",
    whereOver: () => sql`seen_at < now() - interval '365 days'`,
  },
  {
    table: rateLimits,
    by: "time",
    when: "when the count is over",
    // Milliseconds of the processes' clocks, which may be somewhat apart.
    whereOver: () => sql`expire < (extract(epoch from now() - interval '1 minute') * 1000)::bigint`,
  },
];
