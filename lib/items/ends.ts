import type { TableEnd } from "../db/table-end";
import { deletedItems, items } from "./tables";

export const ends: readonly TableEnd[] = [
  { table: items, by: "use", when: "when somebody deletes it" },
  { table: deletedItems, by: "time", when: "when it can be put back no more" },
];
