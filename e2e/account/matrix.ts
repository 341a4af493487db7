import type { FeatureMatrix } from "../support/feature-matrix";

const read = ["tenant:read"];

export const matrix: FeatureMatrix = {
  may: { viewer: read, member: read, admin: read, operator: read },
  mayBeNull: { changeMe: ["name"] },
};
