import { feature } from "../feature";
import * as operations from "./operations";
import { MANAGE_MEMBERS, READ_MEMBERS } from "./permissions";
import type en from "./words/en.json";

export const members = feature<typeof en>()({
  name: "members",
  tags: [{ name: "Members", description: "Who belongs to the tenant, for its administrators." }],
  operations,
  ends: async () => (await import("./ends")).ends,
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
    "member.moved_in",
    "member.moved_out",
  ],
  firstSteps: async (tenant) => (await import("./first-steps")).firstSteps(tenant),
  demo: async (tenant) => (await import("./demo")).demo(tenant),
  home: async (tenant, most) => (await import("./home")).homeParts(tenant, most),
  page: {
    needs: READ_MEMBERS,
    icon: "people",
    begin: [{ label: "invite", href: "/members?begin=invite", needs: MANAGE_MEMBERS }],
    find: { list: "/api/members", by: "q", shows: "email", href: "/members?q={email}" },
  },
});
