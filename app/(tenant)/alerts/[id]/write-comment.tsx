"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { RefusalNotice } from "../../../refusal-notice";
import { Button } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { useFaultFocus } from "../../../use-fault-focus";
import { useRouter } from "../../../use-router";
import { type Unwritten, useWrite } from "../../../use-write";

/** Below the timeline of an alert. What was typed stays until it is saved. */
export function WriteComment({ id }: { id: string }) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const write = useWrite();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);
  const form = useFaultFocus(refusal);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const { currentTarget } = event;
    const body = { text: String(new FormData(currentTarget).get("text")) };
    setPending(true);
    const written = await write("POST", `/api/alerts/${id}/comments`, { body });
    setPending(false);
    setRefusal(written.ok ? null : written);
    if (!written.ok) return;
    currentTarget.reset();
    router.refresh();
  }

  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="space-y-3 print:hidden">
      <RefusalNotice refusal={refusal} />
      <TextArea
        label={t("writeComment")}
        name="text"
        rows={3}
        maxLength={2000}
        error={refusal?.fields.text}
      />
      <Button type="submit" pending={pending}>
        {t("comment")}
      </Button>
    </form>
  );
}
