"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Alert } from "@/lib/alerts/contract";
import { Button } from "../../ui/button";
import { Field, Select, TextArea } from "../../ui/field";
import { write } from "../../write";
import { WriteDialog } from "../write-dialog";

export function RaiseAlert() {
  return (
    <WriteDialog
      opener={{ label: "Raise alert", look: "primary" }}
      title="Raise an alert"
      submit={{ label: "Raise alert" }}
      send={(form) => write("POST", "/api/alerts", { body: Object.fromEntries(form) })}
    >
      {(faults) => (
        <>
          <Field
            label="Title"
            name="title"
            maxLength={200}
            autoComplete="off"
            error={faults.title}
            autoFocus
          />
          <Select label="Severity" name="severity" defaultValue="warning" error={faults.severity}>
            <option value="info">Info</option>
            <option value="warning">Warning</option>
            <option value="critical">Critical</option>
          </Select>
          <TextArea label="Detail" name="detail" maxLength={2000} error={faults.detail} />
        </>
      )}
    </WriteDialog>
  );
}

/** What can be done next with an alert; an alert only moves forward. */
export function AlertActions({ alert }: { alert: Alert }) {
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
          aria-label={`Acknowledge ${alert.title}`}
          onClick={() => move("acknowledged")}
        >
          Acknowledge
        </Button>
      )}
      {alert.status !== "resolved" && (
        <Button
          look="quiet"
          pending={pending === "resolved"}
          disabled={pending !== null}
          aria-label={`Resolve ${alert.title}`}
          onClick={() => move("resolved")}
        >
          Resolve
        </Button>
      )}
    </div>
  );
}
