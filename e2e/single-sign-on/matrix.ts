import type { FeatureMatrix } from "../support/feature-matrix";
import { newTenant } from "../support/users";

const manage = ["single_sign_on:manage"];
/** Nobody is sent there. */
const provider = (client_id: string) => ({ kind: "oidc", issuer: "http://127.0.0.1:9/matrix", client_id });

export const matrix: FeatureMatrix = {
  may: { viewer: [], member: [], admin: manage, operator: [] },
  row: async (api, text) => {
    const domain = `${newTenant()}.example`;
    await api.send("PUT", "/api/single-sign-on/provider", { json: provider(text) });
    await api.post("/api/single-sign-on/domains", { domain });
    return domain;
  },
  bodies: {
    saveProvider: () => provider("matrix"),
    changeSingleSignOn: () => ({ newcomer_role: "viewer" }),
    addDomain: () => ({ domain: "matrix.example" }),
  },
  // Others of the matrix set and remove the one provider at the same time.
  byTheState: {
    saveProvider: ["conflict", "cognito_unavailable"],
    removeSingleSignOn: ["conflict"],
    testSingleSignOn: ["conflict"],
  },
  isLimited: true,
};
