import { memberDirectories, members } from "../db/schema";
import type { TableEnd } from "../db/table-end";

export const ends: readonly TableEnd[] = [
  { table: members, by: "use", when: "when somebody is removed, or the user pool has them no more" },
  { table: memberDirectories, by: "use", when: "kept: one row a tenant" },
];
