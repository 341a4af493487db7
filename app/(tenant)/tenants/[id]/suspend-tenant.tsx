"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Tenant } from "@/lib/tenants/contract";
import { Button } from "../../../ui/button";
import { Notice } from "../../../ui/notice";
import { useToast } from "../../../ui/toast";
import { useRouter } from "../../../use-router";
import { useWrite } from "../../../use-write";
import { strongName } from "../../../words/strong-name";
import { unsteered } from "../../../words/unsteered";
import { WriteDialog } from "../../write-dialog";

/** Asks first: whoever is at work there is out at once. */
export function SuspendTenant({ tenant: { id, name } }: { tenant: Tenant }) {
  const t = useTranslations("tenants");
  const write = useWrite({ conflict: t("staffHere") });
  return (
    <WriteDialog
      opener={{ label: t("suspend"), look: "danger" }}
      title={t("suspendTitle")}
      submit={{ label: t("suspendNow"), look: "danger" }}
      send={() => write("PATCH", `/api/tenants/${id}`, { body: { status: "suspended" } })}
      done={() => t("suspended", { name: unsteered(name) })}
    >
      {() => (
        <p className="text-sm wrap-anywhere text-muted">
          {t.rich("suspendSure", { name, strong: strongName })}
        </p>
      )}
    </WriteDialog>
  );
}

/** Takes nothing from anybody, so it does not ask. */
export function ResumeTenant({ tenant: { id, name } }: { tenant: Tenant }) {
  const t = useTranslations("tenants");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function resume() {
    setPending(true);
    const written = await write("PATCH", `/api/tenants/${id}`, { body: { status: "active" } });
    setPending(false);
    setRefusal(written.ok ? null : written.message);
    if (written.ok) toast({ message: t("resumed", { name: unsteered(name) }) });
    router.refresh();
  }

  return (
    <>
      <Button pending={pending} onClick={resume}>
        {t("resume")}
      </Button>
      {refusal && (
        <div className="w-full">
          <Notice kind="error">{refusal}</Notice>
        </div>
      )}
    </>
  );
}
