"use client";

import { useTranslations } from "next-intl";
import { madeTenantShape } from "@/lib/tenants/answers";
import { readJson } from "../../api-client";
import { Field } from "../../ui/field";
import { useWrite } from "../../use-write";
import { unsteered } from "../../words/unsteered";
import { EmailField } from "../email-field";
import { WriteDialog } from "../write-dialog";

const SAID = { mailed: "madeAndInvited", failed: "madeNotInvited", none: "madeDone" } as const;

export function MakeTenant() {
  const t = useTranslations("tenants");
  const write = useWrite({ conflict: t("idTaken") });
  return (
    <WriteDialog
      opener={{ label: t("make"), look: "primary" }}
      title={t("makeTitle")}
      begins="make"
      submit={{ label: t("makeNow") }}
      send={(form) => {
        // What was left empty is not said.
        const filled = [...form].filter(([name, value]) => name === "id" || String(value).trim() !== "");
        const read = readJson(madeTenantShape);
        return write("POST", "/api/tenants", { body: Object.fromEntries(filled), read });
      }}
      done={({ name, invitation }) => t(SAID[invitation], { name: unsteered(name) })}
    >
      {(faults) => (
        <>
          <Field
            label={t("id")}
            name="id"
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={faults.id}
            hint={t("idHint")}
            autoFocus
          />
          <Field
            label={t("name")}
            name="name"
            maxLength={100}
            autoComplete="off"
            error={faults.name}
            hint={t("nameHint")}
          />
          <EmailField
            label={t("administrator")}
            name="administrator"
            error={faults.administrator}
            hint={t("administratorHint")}
          />
        </>
      )}
    </WriteDialog>
  );
}
