"use client";

import { useTranslations } from "next-intl";
import { useCallback, useContext } from "react";
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
  return useCallback(
    ({ sub, name, is_member }) => (sub === me ? t("you") : (name ?? t(is_member ? "colleague" : "former"))),
    [t, me],
  );
}
