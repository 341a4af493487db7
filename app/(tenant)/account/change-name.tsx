"use client";

import { useTranslations } from "next-intl";
import { Field } from "../../ui/field";
import { useWrite } from "../../use-write";
import { unsteered } from "../../words/unsteered";
import { WriteDialog } from "../write-dialog";

/** Says what one is called; nobody has to. */
export function ChangeName({ name }: { name: string | null }) {
  const t = useTranslations("account");
  const write = useWrite();
  const wanted = (form: FormData) => String(form.get("name")).trim() || null;
  return (
    <WriteDialog
      opener={{ label: t("changeName"), look: "quiet", describe: t("changeNameLabel") }}
      title={t("nameTitle")}
      submit={{ label: t("saveChoice") }}
      send={async (form) => {
        const written = await write("PATCH", "/api/user/me", { body: { name: wanted(form) } });
        return written.ok ? { ok: true, answer: wanted(form) } : written;
      }}
      done={(now) => (now === null ? t("nameTaken") : t("nameChanged", { name: unsteered(now) }))}
    >
      {(faults) => (
        <Field
          label={t("name")}
          name="name"
          defaultValue={name ?? ""}
          maxLength={100}
          autoComplete="name"
          hint={t("nameWords")}
          error={faults.name}
          autoFocus
        />
      )}
    </WriteDialog>
  );
}
