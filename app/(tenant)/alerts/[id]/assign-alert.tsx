"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import { ME } from "@/lib/alerts/kinds";
import { Button } from "../../../ui/button";
import { useToast } from "../../../ui/toast";
import { useRouter } from "../../../use-router";
import { useWrite } from "../../../use-write";

/** Fetched when it is opened: the page is no heavier for it. */
const AssignDialog = dynamic(() => import("./assign-dialog").then((file) => file.AssignDialog), {
  ssr: false,
});

type Props = { alert: Pick<Alert, "id" | "version" | "assigned">; me: string };

/** Takes an alert, or says who is to look after it. Not over a colleague who was faster. */
export function AssignAlert({ alert: { id, version, assigned }, me }: Props) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const toast = useToast();
  const write = useWrite({ precondition_failed: t("overtaken"), invalid_request: t("notAssignable") });
  const [pending, setPending] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const isMine = assigned?.to.sub === me;
  const assign = (assignee: string | null) =>
    write("PATCH", `/api/alerts/${id}`, { body: { assignee }, version });

  async function takeOrLeave() {
    setPending(true);
    const written = await assign(isMine ? null : ME);
    setPending(false);
    if (!written.ok) toast({ message: written.message });
    router.refresh();
  }

  return (
    <div className="flex flex-wrap gap-3">
      <Button pending={pending} onClick={() => void takeOrLeave()}>
        {t(isMine ? "leave" : "take")}
      </Button>
      <Button onClick={() => setOpen(true)}>{t("assign")}</Button>
      {isOpen && <AssignDialog {...{ assigned, assign }} onClosed={() => setOpen(false)} />}
    </div>
  );
}
