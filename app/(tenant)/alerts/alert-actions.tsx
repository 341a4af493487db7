"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import { Button } from "../../ui/button";
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

/** What can be done next with an alert; an alert only moves forward. */
export function AlertActions({ alert }: { alert: Alert }) {
  const t = useTranslations("alerts");
  const write = useWrite({ conflict: t("moved") });
  const router = useRouter();
  const [pending, setPending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function move(status: "acknowledged" | "resolved") {
    setPending(status);
    const written = await write("PATCH", `/api/alerts/${alert.id}`, { body: { status } });
    setPending(null);
    setRefusal(written.ok ? null : written.message);
    // A refusal too: a colleague was faster, and the list shows what was before.
    router.refresh();
  }

  return (
    <div className="flex flex-wrap items-center max-sm:-ml-4 sm:-mr-4">
      {refusal && (
        <p role="alert" className="text-sm text-danger">
          {refusal}
        </p>
      )}
      {alert.status === "open" && (
        <Button
          look="quiet"
          pending={pending === "acknowledged"}
          disabled={pending !== null}
          aria-label={t("acknowledgeNamed", { title: alert.title })}
          onClick={() => move("acknowledged")}
        >
          {t("acknowledge")}
        </Button>
      )}
      {alert.status !== "resolved" && (
        <Button
          look="quiet"
          pending={pending === "resolved"}
          disabled={pending !== null}
          aria-label={t("resolveNamed", { title: alert.title })}
          onClick={() => move("resolved")}
        >
          {t("resolve")}
        </Button>
      )}
    </div>
  );
}
