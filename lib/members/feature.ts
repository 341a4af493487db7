import type { Feature } from "../feature";
import * as operations from "./operations";
import { READ_MEMBERS } from "./permissions";
import en from "./words/en.json" with { type: "json" };
import ja from "./words/ja.json" with { type: "json" };

export const members = {
  name: "members",
  tags: [{ name: "Members", description: "Who belongs to the tenant, for its administrators." }],
  operations,
  actions: [
    "member.invited",
    "member.invitation_resent",
    "member.role_changed",
    "member.disabled",
    "member.enabled",
    "member.password_reset",
    "member.factors_reset",
    "member.removed",
    "member.directory_read",
  ],
  page: { needs: READ_MEMBERS },
  words: { en, ja },
} as const satisfies Feature;
