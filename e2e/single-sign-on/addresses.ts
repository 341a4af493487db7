import type { FeatureAddresses } from "../support/feature-addresses";

export const addresses: FeatureAddresses = {
  parameters: ["test"],
  values: async () => ({ test: ["passed", "changed", "none"] }),
};
