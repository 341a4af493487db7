import { platformEvents, tenants } from "../../db/schema";
import type { TableEnd } from "../../db/table-end";

export const ends: readonly TableEnd[] = [
  { table: tenants, by: "use", when: "when the tenant is deleted (`/tenants`, `npm run tenant -- delete`)" },
  { table: platformEvents, by: "use", when: "kept: a few of each tenant, and made by people" },
];
