import { ListTenants, TENANT_STATUSES } from "../../lib/tenants/contract";
import { cursorOf, type FeatureAddresses, parametersOf } from "../support/feature-addresses";

export const addresses: FeatureAddresses = {
  parameters: parametersOf(ListTenants, "limit"),
  values: async (api) => ({
    q: ["acme", "%"],
    status: [TENANT_STATUSES[0], "none"],
    cursor: [await cursorOf(api, "/api/tenants"), "made-up"],
  }),
};
