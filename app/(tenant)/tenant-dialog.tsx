"use client";

import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { leaveTo } from "../connection";
import { useWrite } from "../use-write";
import type { Choice, ChoiceList } from "./palette/choice";
import { WriteChoiceDialog } from "./write-choice-dialog";

const TENANTS: ChoiceList<Choice> = {
  list: "/api/tenants",
  by: "q",
  choiceOf: ({ id, name }) => ({
    id: String(id),
    label: String(name),
    detail: String(id),
    icon: <Building2 aria-hidden="true" className="size-4 shrink-0" />,
  }),
};

/** Finds a tenant and goes to work in it. The page belongs to the tenant before, so it is left. */
export function TenantDialog({ onClosed }: { onClosed: () => void }) {
  const t = useTranslations("operator");
  const write = useWrite();
  return (
    <WriteChoiceDialog
      title={t("title")}
      label={t("tenant")}
      words={<p className="-mt-2 mb-4 text-sm text-muted">{t("words")}</p>}
      list={TENANTS}
      send={({ id }) => write("PUT", "/api/user/acting-tenant", { body: { tenant_id: id } })}
      done={() => leaveTo(HOME)}
      onClosed={onClosed}
    />
  );
}
