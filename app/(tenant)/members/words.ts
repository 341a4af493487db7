import type { MemberRole, MemberStatus } from "@/lib/members/contract";

export const STATUS_WORDS: Record<MemberStatus, string> = {
  invited: "invited",
  active: "active",
  disabled: "disabled",
  reset_required: "password reset",
};

export const ROLE_WORDS: Record<MemberRole, string> = {
  viewer: "Viewer: reads",
  member: "Member: reads and writes",
  admin: "Administrator: also manages members",
};
