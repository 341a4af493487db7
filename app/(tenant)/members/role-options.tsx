"use client";

import { useTranslations } from "next-intl";
import type { MemberRole } from "@/lib/members/contract";

const ROLES = ["viewer", "member", "admin"] as const satisfies MemberRole[];

/** The roles to choose from, each with what it may do. */
export function RoleOptions() {
  const t = useTranslations("memberRole");
  return ROLES.map((role) => (
    <option key={role} value={role}>
      {t(role)}
    </option>
  ));
}
