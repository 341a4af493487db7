import { Alert } from "../../lib/alerts/contract";
import type { FeatureMatrix } from "../support/feature-matrix";

const read = ["alerts:read"];
const write = [...read, "alerts:write"];

export const matrix: FeatureMatrix = {
  may: { viewer: read, member: write, admin: [...write, "alerts:remove-any-comment"], operator: write },
  row: async (api, title) => Alert.parse((await api.post("/api/alerts", { title })).body).id,
  bodies: {
    createAlert: () => ({ title: "of the matrix" }),
    changeAlert: () => ({ status: "acknowledged" }),
    changeAlerts: (id) => ({ ids: [id], status: "acknowledged" }),
    createComment: () => ({ text: "of the matrix" }),
  },
  mayBeNull: { changeAlert: ["assignee"] },
  forAnOperator: {
    // Nobody has commented there.
    readComment: { status: 404, code: "not_found" },
    removeComment: { status: 404, code: "not_found" },
  },
};
