import { personShape } from "../auth/tenancy/person-shape";
import { number, objectOf, text } from "../shape";
import type { Item } from "./contract";

/** As a page reads it. */
export const itemShape = objectOf<Item>({
  id: text,
  name: text,
  description: text,
  tenant_id: text,
  owner_sub: text,
  owner: personShape,
  version: number,
  created_at: text,
  updated_at: text,
});
