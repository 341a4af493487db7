"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { HOME } from "@/lib/home";
import { leaveTo } from "../connection";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { useWrite } from "../use-write";
import { unsteered } from "../words/unsteered";

/** On every page of a foreign tenant, for as long as an operator is there. `home`: where leaving leads to. */
export function ForeignTenantBanner({ tenant, home }: { tenant: string; home: string | null }) {
  const t = useTranslations("operator");
  const write = useWrite();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function leave() {
    if (home !== null) return leaveTo(home);
    setPending(true);
    const written = await write("DELETE", "/api/user/acting-tenant");
    if (written.ok) return leaveTo(HOME);
    setPending(false);
    setRefusal(written.message);
  }

  return (
    <section aria-label={t("banner")} className="border-b border-warning/40 bg-warning/10">
      <div className="page-width flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1 text-sm">
        <p className="min-w-0 wrap-anywhere">
          {t.rich("acting", {
            tenant,
            strong: (name) => (
              <strong>
                <bdi>{name}</bdi>
              </strong>
            ),
          })}
        </p>
        <Button look="quiet" className="min-w-0 wrap-anywhere" pending={pending} onClick={leave}>
          {t("leave", { tenant: unsteered(tenant) })}
        </Button>
        {refusal && <Notice kind="error">{refusal}</Notice>}
      </div>
    </section>
  );
}
