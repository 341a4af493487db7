import type { Feature } from "../feature";
import * as operations from "./operations";
import { READ_ITEMS } from "./permissions";
import en from "./words/en.json" with { type: "json" };
import ja from "./words/ja.json" with { type: "json" };

export const items = {
  name: "items",
  tags: [{ name: "Items", description: "The things of a tenant." }],
  operations,
  actions: ["item.created", "item.changed", "item.deleted", "item.restored"],
  page: { needs: READ_ITEMS },
  words: { en, ja },
} as const satisfies Feature;
