import { sql } from "drizzle-orm";
import { notBefore, signIns } from "../../db/schema";
import type { TableEnd } from "../../db/table-end";
import { env } from "../../env";

/** An access token lives for a day at the most, and one may have been got with the last refresh token. */
const ACCESS_DAYS = 2;

export const ends: readonly TableEnd[] = [
  {
    table: notBefore,
    by: "time",
    when: "when every token from before the ending has expired (`COGNITO_REFRESH_TOKEN_DAYS`)",
    whereOver: () => {
      const days = env().COGNITO_REFRESH_TOKEN_DAYS + ACCESS_DAYS;
      return sql`finish_after is null and issued_after < extract(epoch from now() - make_interval(days => ${days}))`;
    },
  },
  {
    table: signIns,
    by: "time",
    when: "after two days; one that outlived a change of password, after 400",
    whereOver: () => sql`expires_at < now()`,
  },
];
