import { readAddress } from "../../app/(tenant)/items/address";
import { UNKNOWN_ID } from "../support/api-contract";
import type { FeatureAddresses } from "../support/feature-addresses";
import { addItems } from "./rows";

export const addresses: FeatureAddresses = {
  parameters: Object.keys(readAddress({ sort: "name", owner: "me", changed: "7" })),
  values: async (api) => {
    const [id = ""] = await addItems(api, ["Lantern", "Rope"]);
    return {
      q: ["lan", "100%_\\"],
      sort: ["name", "-changed", "x"],
      owner: ["me", "x"],
      changed: ["7", "x"],
      shown: ["100", "x"],
      item: ["new", id, UNKNOWN_ID, "no-id"],
    };
  },
};
