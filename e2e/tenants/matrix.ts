import type { FeatureMatrix } from "../support/feature-matrix";
import { newTenant } from "../support/users";

/** The matrix names none that there is, so that nothing is done to any: its row is nobody's. */
const unknown = { status: 404, code: "not_found" };

export const matrix: FeatureMatrix = {
  may: { viewer: [], member: [], admin: [], operator: ["operator"] },
  row: async () => `none-${newTenant()}`,
  bodies: {
    makeTenant: () => ({ id: newTenant() }),
    changeTenant: () => ({ status: "suspended" }),
    inviteAdministrator: () => ({ email: `${newTenant()}@matrix.example` }),
    deleteTenant: (id) => ({ confirm: id, password: "Not-Their-Passw0rd" }),
  },
  forAnOperator: {
    readOneTenant: unknown,
    changeTenant: unknown,
    inviteAdministrator: unknown,
    proveTenantDomain: unknown,
    deleteTenant: unknown,
    exportTenant: unknown,
  },
  isLimited: true,
};
