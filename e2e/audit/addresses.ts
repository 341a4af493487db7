import { OUTCOMES } from "../../lib/audit/contract";
import { ACTIONS, ListAudit } from "../../lib/features";
import { cursorOf, type FeatureAddresses, parametersOf } from "../support/feature-addresses";

const [action = ""] = ACTIONS;

export const addresses: FeatureAddresses = {
  parameters: parametersOf(ListAudit, "limit"),
  values: async (api) => ({
    action: [action.replace(/\..*/, ""), action, "none"],
    outcome: [OUTCOMES[0], "none"],
    actor: ["people"],
    subject: ["Lantern"],
    from: ["2026-01-01", "2026-01-01T00:00:00Z", "tomorrow"],
    to: ["2026-12-31"],
    cursor: [await cursorOf(api, "/api/audit"), "made-up"],
  }),
};
