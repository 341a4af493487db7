"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import { ME } from "@/lib/alerts/kinds";
import type { Person } from "@/lib/auth/tenancy/person";
import { Button } from "../../../ui/button";
import { Select } from "../../../ui/field";
import { useToast } from "../../../ui/toast";
import { useRouter } from "../../../use-router";
import { useWrite } from "../../../use-write";
import { usePersonName } from "../../person-name";
import { WriteDialog } from "../../write-dialog";

type Props = { alert: Pick<Alert, "id" | "version" | "assigned">; people: Person[]; me: string };

/** Takes an alert, or says who is to look after it. Not over a colleague who was faster. */
export function AssignAlert({ alert: { id, version, assigned }, people, me }: Props) {
  const t = useTranslations("alerts");
  const nameOf = usePersonName();
  const router = useRouter();
  const toast = useToast();
  const write = useWrite({ precondition_failed: t("overtaken"), invalid_request: t("notAssignable") });
  const [pending, setPending] = useState(false);
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
      <WriteDialog
        opener={{ label: t("assign") }}
        title={t("assignTitle")}
        submit={{ label: t("assign") }}
        send={(form) => assign(String(form.get("assignee")) || null)}
      >
        {(faults) => (
          <Select
            label={t("assignee")}
            name="assignee"
            defaultValue={assigned?.is_active ? assigned.to.sub : ""}
            error={faults.assignee && t("notAssignable")}
          >
            <option value="">{t("nobody")}</option>
            {people.map((person) => (
              <option key={person.sub} value={person.sub}>
                {nameOf(person)}
              </option>
            ))}
          </Select>
        )}
      </WriteDialog>
    </div>
  );
}
