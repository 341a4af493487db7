"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ME, NOBODY, SEVERITIES } from "@/lib/alerts/kinds";
import type { Person } from "@/lib/auth/tenancy/person";
import { useRouter } from "../../use-router";
import { Choose } from "../choose";
import { usePersonName } from "../person-name";
import { type AlertFilter, alertsAddress, RAISED_WITHIN } from "./alert-address";

type Props = {
  /** As it stands in the address. */
  filter: AlertFilter;
  /** Whose are asked for, where they are neither one's own nor nobody's. */
  other: Person | null;
  /** Whoever may not assign alerts does not see to whom they may be. */
  canWrite: boolean;
};

/** Instead of somebody's id. */
const FIND = "?";

/** Fetched when it is opened: nobody reads a list of people to look at alerts. */
const AssigneeDialog = dynamic(() => import("./assignee-dialog").then((file) => file.AssigneeDialog), {
  ssr: false,
});

/** By severity, age and assignee, each a step that Back undoes. */
export function AlertFilters({ filter, other, canWrite }: Props) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const nameOf = usePersonName();
  const [isFinding, setFinding] = useState(false);
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
      <Choose
        label={t("byAssignee")}
        value={filter.assignee ?? ""}
        onChoose={(value) => (value === FIND ? setFinding(true) : narrow("assignee")(value))}
      >
        <option value="">{t("anyAssignee")}</option>
        <option value={ME}>{t("mine")}</option>
        <option value={NOBODY}>{t("nobodys")}</option>
        {other && <option value={other.sub}>{nameOf(other)}</option>}
        {canWrite && <option value={FIND}>{t("somebodyElse")}</option>}
      </Choose>
      {isFinding && <AssigneeDialog onFound={narrow("assignee")} onClosed={() => setFinding(false)} />}
    </div>
  );
}
