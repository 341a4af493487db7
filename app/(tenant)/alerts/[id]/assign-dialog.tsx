"use client";

import { UserRoundX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Alert } from "@/lib/alerts/contract";
import { useRouter } from "../../../use-router";
import type { Written } from "../../../use-write";
import { usePersonName } from "../../person-name";
import { WriteChoiceDialog } from "../../write-choice-dialog";
import { assigneeList } from "../assignee-list";

type Props = {
  assigned: Alert["assigned"];
  assign: (assignee: string | null) => Promise<Written>;
  onClosed: () => void;
};

/** Instead of an id: nobody. */
const NONE = "";

/** Finds among all members who may look after an alert whoever is to do so from now on. */
export function AssignDialog({ assigned, assign, onClosed }: Props) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const nameOf = usePersonName();
  return (
    <WriteChoiceDialog
      title={t("assignTitle")}
      label={t("findAssignee")}
      list={assigneeList(nameOf, ({ sub }) => (sub === assigned?.to.sub ? t("assignedNow") : ""))}
      besides={assigned ? [{ id: NONE, label: t("nobody"), icon: <UserRoundX className="size-4" /> }] : []}
      send={({ id }) => assign(id === NONE ? null : id)}
      done={(close) => {
        close();
        router.refresh();
      }}
      onClosed={onClosed}
    />
  );
}
