"use client";

import { useTranslations } from "next-intl";
import { GIVEN_ROLES } from "@/lib/roles";

/** The roles to choose from, each with what it may do. */
export function RoleOptions() {
  const t = useTranslations("memberRole");
  return GIVEN_ROLES.map((role) => (
    <option key={role} value={role}>
      {t(role)}
    </option>
  ));
}
