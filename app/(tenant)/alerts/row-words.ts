"use client";

import { useTranslations } from "next-intl";
import type { Alert } from "@/lib/alerts/contract";
import { SEVERITIES, STATUSES } from "@/lib/alerts/kinds";
import { useReady } from "../../ui/button";
import { phraseAround } from "../../words/phrase-around";
import { usePersonName } from "../person-name";
import { alertWords } from "./alert-words";

export type RowWords = ReturnType<typeof useRowWords>;

/** The words that every row of the list has, looked up once for all of them. */
export function useRowWords() {
  const t = useTranslations("alerts");
  const notices = useTranslations("accountNotices");
  const words = { notices, browser: useTranslations("browser") };
  const named = (key: "acknowledgeNamed" | "resolveNamed" | "select") =>
    phraseAround((title) => t(key, { title }));
  const by = (key: "acknowledgedBy" | "resolvedBy" | "assignedTo") => phraseAround((who) => t(key, { who }));
  const kinds = Object.fromEntries([...SEVERITIES, ...STATUSES].map((kind) => [kind, t(kind)]));
  return {
    isReady: useReady(),
    of: (alert: Alert) => alertWords(alert, words),
    own: notices("own"),
    kinds: kinds as Record<Alert["severity"] | Alert["status"], string>,
    person: usePersonName(),
    acknowledgedBy: by("acknowledgedBy"),
    resolvedBy: by("resolvedBy"),
    assignedTo: by("assignedTo"),
    inactive: t("inactive"),
    comments: (count: number) => t("comments", { count }),
    select: named("select"),
    onlySource: phraseAround((source) => t("onlySource", { source })),
    acknowledge: { label: t("acknowledge"), named: named("acknowledgeNamed") },
    resolve: { label: t("resolve"), named: named("resolveNamed") },
  };
}
