"use client";

import { useTranslations } from "next-intl";
import { useContext } from "react";
import type { Person } from "@/lib/auth/tenancy/person";
import { Me } from "../me";

/** What somebody is called where it says what they did. The words are on every page. */
export function PersonName({ person }: { person: Person }) {
  return <bdi>{usePersonName()(person)}</bdi>;
}

/**
 * The same as text, for a label.
 *
 * @public for features
 */
export function usePersonName(): (person: Person) => string {
  const t = useTranslations("people");
  const me = useContext(Me);
  return ({ sub, name, is_member }) => {
    if (sub === me) return t("you");
    return name ?? t(is_member ? "colleague" : "former");
  };
}
