import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { FeatureMatrix } from "../support/feature-matrix";

const oversee = ["members:read"];

export const matrix: FeatureMatrix = {
  may: { viewer: [], member: [], admin: [...oversee, "members:manage"], operator: oversee },
  // Whoever asks is one.
  row: async (api) => z.object({ sub: z.string() }).parse((await api.get("/api/user/me")).body).sub,
  bodies: {
    inviteMember: () => ({ email: `${randomUUID().slice(0, 13)}@matrix.example`, role: "viewer" }),
    changeMember: () => ({ role: "viewer" }),
  },
  isLimited: true,
};
