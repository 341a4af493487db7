import type { ScalePart } from "../../infra/local/bench/scale-part";
import { EACH_ROW, MADE, OF_ROW } from "../../infra/local/bench/seed";

/** Fills the table of items. */
export const INSERT = `insert into items (tenant_id, id, name, description, owner_sub, created_at, updated_at)
  select ${OF_ROW}, 'Item ' || n || ' of the register', repeat('d', 80), 'x', ${MADE}, ${MADE}
  ${EACH_ROW}`;

/** What is asked of many items. */
export const scale: ScalePart = {
  insert: INSERT,
  others: 1e6,
  cases: async (tenant) => {
    const { listAndCountItems, listItems } = await import("../../lib/items/list-items");
    const page = { limit: 50, cursor: undefined };
    const items = (query: object) => () => listItems(tenant, { ...page, ...query });
    return [
      ["items", items({})],
      ["items that contain, none", items({ contains: "nothing" })],
      ["items that contain, many", items({ contains: "99" })],
      ["and how many, none", () => listAndCountItems(tenant, { ...page, contains: "nothing" })],
      ["items that begin with", items({ starts_with: "item 99" })],
      ["items that begin with, all", items({ starts_with: "item" })],
    ];
  },
};
