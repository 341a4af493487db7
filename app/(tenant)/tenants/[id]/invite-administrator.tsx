"use client";

import { useTranslations } from "next-intl";
import { useWrite } from "../../../use-write";
import { unsteered } from "../../../words/unsteered";
import { EmailField } from "../../email-field";
import { WriteDialog } from "../../write-dialog";

export function InviteAdministrator({ id }: { id: string }) {
  const t = useTranslations("tenants");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("invite") }}
      title={t("inviteTitle")}
      submit={{ label: t("inviteNow") }}
      send={async (form) => {
        const email = String(form.get("email")).trim();
        const written = await write("POST", `/api/tenants/${id}/administrators`, { body: { email } });
        return written.ok ? { ok: true, answer: email } : written;
      }}
      done={(email) => t("invited", { email: unsteered(email) })}
    >
      {(faults) => (
        <EmailField label={t("email")} name="email" error={faults.email} hint={t("emailHint")} autoFocus />
      )}
    </WriteDialog>
  );
}
