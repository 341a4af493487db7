"use client";

import { useTranslations } from "next-intl";
import type { Tenant } from "@/lib/tenants/contract";
import { Field } from "../../../ui/field";
import { useWrite } from "../../../use-write";
import { unsteered } from "../../../words/unsteered";
import { WriteDialog } from "../../write-dialog";

export function RenameTenant({ tenant: { id, name } }: { tenant: Tenant }) {
  const t = useTranslations("tenants");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("rename") }}
      title={t("renameTitle")}
      submit={{ label: t("renameNow") }}
      send={async (form) => {
        const called = String(form.get("name")).trim();
        const written = await write("PATCH", `/api/tenants/${id}`, { body: { name: called } });
        return written.ok ? { ok: true, answer: called } : written;
      }}
      done={(called) => t("renamed", { name: unsteered(called) })}
    >
      {(faults) => (
        <Field
          label={t("name")}
          name="name"
          defaultValue={name}
          maxLength={100}
          autoComplete="off"
          error={faults.name}
          autoFocus
        />
      )}
    </WriteDialog>
  );
}
