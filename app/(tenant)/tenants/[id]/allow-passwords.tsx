"use client";

import { useTranslations } from "next-intl";
import type { Tenant } from "@/lib/tenants/contract";
import { useWrite } from "../../../use-write";
import { strongName } from "../../../words/strong-name";
import { unsteered } from "../../../words/unsteered";
import { WriteDialog } from "../../write-dialog";

/** Asks first: it undoes what the tenant's administrators decided. */
export function AllowPasswords({ tenant: { id, name } }: { tenant: Tenant }) {
  const t = useTranslations("tenants");
  const write = useWrite({ conflict: t("passwordsNot") });
  return (
    <WriteDialog
      opener={{ label: t("passwords") }}
      title={t("passwordsTitle")}
      submit={{ label: t("passwordsNow") }}
      send={() => write("PATCH", `/api/tenants/${id}`, { body: { single_sign_on: "on" } })}
      done={() => t("passwordsDone", { name: unsteered(name) })}
    >
      {() => (
        <p className="text-sm wrap-anywhere text-muted">
          {t.rich("passwordsSure", { name, strong: strongName })}
        </p>
      )}
    </WriteDialog>
  );
}
