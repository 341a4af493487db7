import { tenants } from "../../db/schema";
import type { TableEnd } from "../../db/table-end";

export const ends: readonly TableEnd[] = [
  { table: tenants, by: "use", when: "kept: few, and made by people" },
];
