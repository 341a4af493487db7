"use client";

import { useTranslations } from "next-intl";
import { Field, Select, TextArea } from "../../ui/field";
import { useWrite } from "../../use-write";
import { WriteDialog } from "../write-dialog";

export function RaiseAlert() {
  const t = useTranslations("alerts");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("raise"), look: "primary" }}
      title={t("raiseTitle")}
      begins="raise"
      submit={{ label: t("raise") }}
      send={(form) => write("POST", "/api/alerts", { body: Object.fromEntries(form) })}
    >
      {(faults) => (
        <>
          <Field
            label={t("name")}
            name="title"
            maxLength={200}
            autoComplete="off"
            error={faults.title}
            autoFocus
          />
          <Select label={t("severity")} name="severity" defaultValue="warning" error={faults.severity}>
            <option value="info">{t("info")}</option>
            <option value="warning">{t("warning")}</option>
            <option value="critical">{t("critical")}</option>
          </Select>
          <TextArea label={t("detail")} name="detail" maxLength={2000} error={faults.detail} />
        </>
      )}
    </WriteDialog>
  );
}
