import { Item } from "../../lib/items/contract";
import type { FeatureMatrix } from "../support/feature-matrix";

const read = ["items:read"];
const write = [...read, "items:write"];

export const matrix: FeatureMatrix = {
  may: { viewer: read, member: write, admin: [...write, "items:delete-any"], operator: write },
  row: async (api, name) => Item.parse((await api.post("/api/items", { name })).body).id,
  bodies: {
    createItem: () => ({ name: "of the matrix" }),
    changeItem: () => ({ name: "changed by the matrix" }),
    deleteItems: (id) => ({ ids: [id] }),
    restoreItems: (id) => ({ ids: [id] }),
  },
  forAnOperator: {
    // They delete nothing that others own.
    deleteItem: { status: 403, code: "forbidden" },
    // Nothing was deleted there.
    restoreItem: { status: 404, code: "not_found" },
  },
};
