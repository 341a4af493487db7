import { feature } from "../feature";
import * as operations from "./operations";
import { READ_ITEMS, WRITE_ITEMS } from "./permissions";
import type en from "./words/en.json";

export const items = feature<typeof en>()({
  name: "items",
  tags: [{ name: "Items", description: "The things of a tenant." }],
  operations,
  ends: async () => (await import("./ends")).ends,
  actions: ["item.created", "item.changed", "item.deleted", "item.restored"],
  firstSteps: async (tenant) => (await import("./first-steps")).firstSteps(tenant),
  demo: async (tenant) => (await import("./demo")).demo(tenant),
  home: async (tenant, most) => (await import("./home")).homeParts(tenant, most),
  page: {
    needs: READ_ITEMS,
    icon: "box",
    hasRows: true,
    begin: [{ label: "newItem", href: "/items?item=new", needs: WRITE_ITEMS }],
    find: { list: "/api/items", by: "contains", shows: "name", href: "/items?q={name}&item={id}" },
  },
});
