"use client";

import { useTranslations } from "next-intl";
import { Field } from "../../../ui/field";
import { useWrite } from "../../../use-write";
import { unsteered } from "../../../words/unsteered";
import { WriteDialog } from "../../write-dialog";

/** An operator's word for a domain, typed once more: whose it is was made sure of elsewhere. */
export function ProveDomain({ id }: { id: string }) {
  const t = useTranslations("tenants");
  const write = useWrite({ not_found: t("domainNot") });
  return (
    <WriteDialog
      opener={{ label: t("domain") }}
      title={t("domainTitle")}
      submit={{ label: t("domainNow") }}
      send={async (form) => {
        const domain = String(form.get("domain")).trim();
        const path = `/api/tenants/${id}/domains/${encodeURIComponent(domain)}/proof`;
        const written = domain === "" ? nothingTyped() : await write("POST", path);
        if (written.ok) return { ok: true, answer: domain };
        return written.code === "not_found" ? { ...written, fields: { domain: written.message } } : written;
      }}
      done={(domain) => t("domainDone", { domain: unsteered(domain) })}
    >
      {(faults) => (
        <Field
          label={t("domainLabel")}
          name="domain"
          maxLength={253}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          hint={t("domainHint")}
          error={faults.domain}
          autoFocus
        />
      )}
    </WriteDialog>
  );

  function nothingTyped() {
    return { ok: false as const, code: "not_found", message: t("domainNot"), fields: {} };
  }
}
