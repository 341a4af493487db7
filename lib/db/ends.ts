import { idempotencyKeys } from "./schema";
import type { TableEnd } from "./table-end";

export const ends: readonly TableEnd[] = [
  { table: idempotencyKeys, by: "time", when: "a day after the request" },
];
