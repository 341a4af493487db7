"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useEffect } from "react";
import type { AlertSummary } from "@/lib/alerts/contract";
import { listAddress } from "../list-address";
import { AlertChart } from "./alert-chart";
import { LiveAlerts } from "./live-alerts";
import { useSummary } from "./use-summary";

type Props = Omit<ComponentProps<typeof LiveAlerts>, "onChanged"> & {
  summary: AlertSummary;
  /** The filters. They are not remounted with the list, so that they keep the focus. */
  children: ReactNode;
};

/** The alerts of a tenant, live: the counts, the filters and the list. */
export function AlertBoard({ summary, children, ...list }: Props) {
  const [counts, recount] = useSummary(summary);
  useTitle(counts);
  return (
    <>
      <AlertChart summary={counts} />
      {children}
      <LiveAlerts key={listAddress("", list.filter)} {...list} onChanged={recount} />
    </>
  );
}

/** Says in the title, also of a tab in the background, how many alerts are open. */
function useTitle({ open }: AlertSummary): void {
  const t = useTranslations("alerts");
  const count = open.info + open.warning + open.critical;
  const title = t("titleWithCount", { count });
  useEffect(() => {
    const before = document.title;
    // The server puts the name of the product behind it.
    document.title = `${title}${/ · [^·]+$/.exec(before)?.[0] ?? ""}`;
  }, [title]);
}
