import type { TableEnd } from "../db/table-end";
import { accountNotices } from "./tables";

export const ends: readonly TableEnd[] = [
  { table: accountNotices, by: "time", when: "after 90 days; the account page shows 30" },
];
