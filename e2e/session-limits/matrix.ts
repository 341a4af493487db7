import type { FeatureMatrix } from "../support/feature-matrix";

const manage = ["session_limits:manage"];

export const matrix: FeatureMatrix = {
  may: { viewer: [], member: [], admin: manage, operator: [] },
  bodies: { changeSessionLimits: () => ({ session_minutes: 720 }) },
  mayBeNull: { changeSessionLimits: ["session_minutes", "session_idle_minutes"] },
};
