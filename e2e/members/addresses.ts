import { ListMembers, MEMBER_STATUSES } from "../../lib/members/contract";
import { GIVEN_ROLES } from "../../lib/roles";
import { cursorOf, type FeatureAddresses, parametersOf } from "../support/feature-addresses";

export const addresses: FeatureAddresses = {
  parameters: parametersOf(ListMembers, "limit"),
  values: async (api) => ({
    q: ["people", "%"],
    role: [GIVEN_ROLES[0], "none"],
    status: [MEMBER_STATUSES[0], "none"],
    sort: ["name", "none"],
    cursor: [await cursorOf(api, "/api/members"), "made-up"],
  }),
};
