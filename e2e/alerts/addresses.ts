import { ListAlerts } from "../../lib/alerts/contract";
import { SEVERITIES, STATUSES } from "../../lib/alerts/kinds";
import { type FeatureAddresses, parametersOf } from "../support/feature-addresses";

export const addresses: FeatureAddresses = {
  parameters: [...parametersOf(ListAlerts, "limit", "cursor", "raised_since"), "raised"],
  values: async (api) => {
    await api.post("/api/alerts", { title: "Smoke" });
    return {
      status: [STATUSES[0], "none"],
      severity: [SEVERITIES[0], "none"],
      source: ["manual", "<b>"],
      assignee: ["me", "nobody"],
      raised: ["7", "none"],
    };
  },
};
