"use client";

import { useTranslations } from "next-intl";
import { Field } from "../../../ui/field";
import { useWrite } from "../../../use-write";
import { unsteered } from "../../../words/unsteered";
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
        <Field
          label={t("email")}
          name="email"
          type="email"
          inputMode="email"
          maxLength={128}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={faults.email}
          hint={t("emailHint")}
          autoFocus
        />
      )}
    </WriteDialog>
  );
}
