import { personShape } from "../auth/tenancy/person-shape";
import { number, objectOf, oneOf, text } from "../shape";
import type { Item, ItemOutcome } from "./contract";
import { ITEM_OUTCOMES } from "./kinds";

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

export const itemOutcomeShape = objectOf<ItemOutcome>({ id: text, outcome: oneOf(ITEM_OUTCOMES) });
