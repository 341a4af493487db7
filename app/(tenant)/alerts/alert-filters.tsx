"use client";

import { useTranslations } from "next-intl";
import { ME, NOBODY, SEVERITIES } from "@/lib/alerts/kinds";
import type { Person } from "@/lib/auth/tenancy/person";
import { useRouter } from "../../use-router";
import { Choose } from "../choose";
import { usePersonName } from "../person-name";
import { type AlertFilter, alertsAddress, RAISED_WITHIN } from "./alert-address";

type Props = {
  /** As it stands in the address. */
  filter: AlertFilter;
  /** Whom alerts may be assigned to, and who is asked for. */
  people: Person[];
  me: string;
};

/** By severity, age and assignee, each a step that Back undoes. */
export function AlertFilters({ filter, people, me }: Props) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const nameOf = usePersonName();
  const narrow = (by: "severity" | "raised" | "assignee") => (value: string) =>
    router.push(alertsAddress({ ...filter, [by]: value || undefined }), { scroll: false });
  return (
    <div className="flex max-sm:w-full sm:-ml-2">
      <Choose label={t("bySeverity")} value={filter.severity ?? ""} onChoose={narrow("severity")}>
        <option value="">{t("anySeverity")}</option>
        {SEVERITIES.map((each) => (
          <option key={each} value={each}>
            {t(each)}
          </option>
        ))}
      </Choose>
      <Choose label={t("byAge")} value={filter.raised ?? ""} onChoose={narrow("raised")}>
        <option value="">{t("anyAge")}</option>
        {RAISED_WITHIN.map((days) => (
          <option key={days} value={days}>
            {t("raisedWithin", { count: Number(days) })}
          </option>
        ))}
      </Choose>
      <Choose label={t("byAssignee")} value={filter.assignee ?? ""} onChoose={narrow("assignee")}>
        <option value="">{t("anyAssignee")}</option>
        <option value={ME}>{t("mine")}</option>
        <option value={NOBODY}>{t("nobodys")}</option>
        {people
          .filter(({ sub }) => sub !== me)
          .map((person) => (
            <option key={person.sub} value={person.sub}>
              {nameOf(person)}
            </option>
          ))}
      </Choose>
    </div>
  );
}
