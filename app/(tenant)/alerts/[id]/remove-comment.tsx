"use client";

import { useTranslations } from "next-intl";
import type { AlertComment } from "@/lib/alerts/contract";
import { useWrite } from "../../../use-write";
import { unsteered } from "../../../words/unsteered";
import { usePersonName } from "../../person-name";
import { WriteDialog } from "../../write-dialog";

/** Asks first: it cannot be brought back. */
export function RemoveComment({ comment }: { comment: AlertComment }) {
  const t = useTranslations("alerts");
  const write = useWrite();
  const who = unsteered(usePersonName()(comment.author));
  const path = `/api/alerts/${comment.alert_id}/comments/${comment.id}`;
  return (
    <WriteDialog
      opener={{ label: t("removeComment"), look: "quiet", describe: t("removeCommentNamed", { who }) }}
      title={t("removeCommentAsk")}
      submit={{ label: t("removeComment"), look: "danger" }}
      send={() => write("DELETE", path)}
    >
      {() => <p className="text-sm text-muted">{t("removeCommentWords")}</p>}
    </WriteDialog>
  );
}
