import { sql } from "drizzle-orm";
import { idempotencyKeys, noticeReaders, notices } from "./schema";
import type { TableEnd } from "./table-end";

export const ends: readonly TableEnd[] = [
  { table: idempotencyKeys, by: "time", when: "a day after the request" },
  {
    table: notices,
    by: "time",
    when: "after ten minutes; there is none where every instance listens",
    whereOver: () => sql`said_at < now() - interval '10 minutes'`,
  },
  {
    table: noticeReaders,
    by: "time",
    when: "an hour after the instance was last seen",
    whereOver: () => sql`seen_at < now() - interval '1 hour'`,
  },
];
