"use client";

import { useTranslations } from "next-intl";
import type { Tenant } from "@/lib/tenants/contract";
import { Field } from "../../../ui/field";
import { PasswordField } from "../../../ui/password-field";
import { useRouter } from "../../../use-router";
import { useWrite, type Written } from "../../../use-write";
import { strongName } from "../../../words/strong-name";
import { unsteered } from "../../../words/unsteered";
import { WriteDialog } from "../../write-dialog";

/** How it is refused when somebody else was faster. */
const GONE = ["not_found", "unknown_tenant"];

/** Says what goes, and asks for the id and the password: nothing brings a tenant back. */
export function DeleteTenant({ tenant: { id, name, members } }: { tenant: Tenant }) {
  const t = useTranslations("tenants");
  const write = useWrite({ conflict: t("deleteNot") });
  const router = useRouter();

  async function send(form: FormData): Promise<Written> {
    const confirm = String(form.get("confirm")).trim();
    if (confirm !== id) {
      const message = t("deleteOther");
      return { ok: false, code: "invalid_request", message, fields: { confirm: message } };
    }
    const body = { confirm, password: String(form.get("password")) };
    const written = await write("DELETE", `/api/tenants/${id}`, { body });
    if (!written.ok && !GONE.includes(written.code)) return written;
    router.replace("/tenants");
    return { ok: true, answer: null };
  }

  return (
    <WriteDialog
      opener={{ label: t("delete"), look: "danger" }}
      title={t("deleteTitle")}
      submit={{ label: t("deleteNow"), look: "danger" }}
      send={send}
      done={() => t("deleted", { name: unsteered(name) })}
    >
      {(faults) => (
        <>
          <p className="text-sm wrap-anywhere text-muted">
            {t.rich("deleteSure", { name, count: members, strong: strongName })}
          </p>
          <Field
            label={t("deleteConfirm", { id: unsteered(id) })}
            name="confirm"
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={faults.confirm}
            autoFocus
          />
          <PasswordField
            label={t("password")}
            name="password"
            autoComplete="current-password"
            maxLength={256}
            error={faults.password}
          />
        </>
      )}
    </WriteDialog>
  );
}
