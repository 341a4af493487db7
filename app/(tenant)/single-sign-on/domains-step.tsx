"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { useFaultFocus } from "../../use-fault-focus";
import { useRouter } from "../../use-router";
import { type Unwritten, useWrite } from "../../use-write";
import { DomainRow } from "./domain-row";

/** The domains of the company's addresses, each with what proves it. */
export function DomainsStep({ own: { domains, state } }: { own: SingleSignOn }) {
  const t = useTranslations("singleSignOn");
  const proved = domains.filter(({ proved_at }) => proved_at !== null).length;
  return (
    <>
      {domains.length > 0 && (
        <ul aria-label={t("domains")} className="-mt-3 divide-y divide-line">
          {domains.map((each) => (
            <DomainRow
              key={each.domain}
              domain={each}
              isNeeded={state !== "off" && proved === 1 && each.proved_at !== null}
            />
          ))}
        </ul>
      )}
      <AddDomain />
    </>
  );
}

function AddDomain() {
  const t = useTranslations("singleSignOn");
  const write = useWrite();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);
  const filled = useFaultFocus(refusal);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const domain = String(new FormData(form).get("domain")).trim();
    setPending(true);
    const written = await write("POST", "/api/single-sign-on/domains", { body: { domain } });
    setPending(false);
    setRefusal(written.ok ? null : written);
    if (!written.ok) return;
    form.reset();
    router.refresh();
  }

  const fault = refusal?.fields.domain;
  return (
    <form ref={filled} method="post" onSubmit={submit} noValidate className="max-w-md space-y-3">
      {refusal && !fault && <Notice kind="error">{refusal.message}</Notice>}
      <Field
        label={t("domain")}
        name="domain"
        maxLength={253}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        error={fault}
      />
      <Button type="submit" pending={pending}>
        {t("addDomain")}
      </Button>
    </form>
  );
}
