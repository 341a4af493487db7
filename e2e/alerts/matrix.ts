import { Alert, AlertComment } from "../../lib/alerts/contract";
import type { FeatureMatrix } from "../support/feature-matrix";

const read = ["alerts:read"];
const write = [...read, "alerts:write"];

export const matrix: FeatureMatrix = {
  may: { viewer: read, member: write, admin: [...write, "alerts:remove-any-comment"], operator: write },
  row: async (api, title) => Alert.parse((await api.post("/api/alerts", { title })).body).id,
  inner: async (api, id, text) =>
    AlertComment.parse((await api.post(`/api/alerts/${id}/comments`, { text })).body).id,
  bodies: {
    createAlert: () => ({ title: "of the matrix" }),
    changeAlert: () => ({ status: "acknowledged" }),
    changeAlerts: (id) => ({ ids: [id], status: "acknowledged" }),
    createComment: () => ({ text: "of the matrix" }),
  },
  mayBeNull: { changeAlert: ["assignee"] },
  forAnOperator: {
    // It is another's.
    removeComment: { status: 403, code: "forbidden" },
  },
};
