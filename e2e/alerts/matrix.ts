import { Alert } from "../../lib/alerts/contract";
import type { FeatureMatrix } from "../support/feature-matrix";

const read = ["alerts:read"];
const write = [...read, "alerts:write"];
const oversee = [...write, "alerts:read-any"];

export const matrix: FeatureMatrix = {
  may: { viewer: read, member: write, admin: oversee, operator: oversee },
  row: async (api, title) => Alert.parse((await api.post("/api/alerts", { title })).body).id,
  bodies: {
    createAlert: () => ({ title: "of the matrix" }),
    changeAlert: () => ({ status: "acknowledged" }),
    changeAlerts: (id) => ({ ids: [id], status: "acknowledged" }),
  },
};
