import type { SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** How the rows of a table come to their end. None grows for ever without somebody having said so. */
export type TableEnd = {
  table: PgTable;
  /** What ends a row, for the table of ends in README.md. */
  when: string;
} & (
  | {
      /** People, or what the row belongs to: nothing is deleted by its time. */
      by: "use";
    }
  | {
      /**
       * Time. Of a tenant's table its `endPolicy` alone says which rows; of others `whereOver` does, which is asked
       * when it is needed: it may read the settings.
       */
      by: "time";
      whereOver?: () => SQL;
    }
  | {
      /** A number of days after `moment`, which `RETENTION_DAYS` may set; `endPolicy` keeps rows for `least` anyway. */
      by: "setting";
      moment: string;
      days: { least: number; otherwise: number | null };
    }
);
