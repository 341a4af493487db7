import type { FeatureAddresses } from "../support/feature-addresses";

export const addresses: FeatureAddresses = {
  parameters: ["tested"],
  values: async () => ({ tested: ["zoe@acme.example", "<b>"] }),
};
