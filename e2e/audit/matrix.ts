import type { FeatureMatrix } from "../support/feature-matrix";

const oversee = ["audit:read"];

export const matrix: FeatureMatrix = { may: { viewer: [], member: [], admin: oversee, operator: oversee } };
