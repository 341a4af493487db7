"use client";

import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { HOME } from "@/lib/home";
import { leaveTo } from "../connection";
import { useWrite } from "../use-write";
import type { Choice, Searched } from "./palette/choice";
import { SearchDialog } from "./palette/search-dialog";
import { useRows } from "./palette/use-rows";

const TENANTS: readonly Searched[] = [
  {
    name: "tenants",
    list: "/api/tenants",
    by: "q",
    shows: "name",
    beside: "id",
    href: "/tenants/{id}",
    icon: <Building2 aria-hidden="true" className="size-4 shrink-0" />,
  },
];
/** More than fit without scrolling: whoever looks for one types. */
const MOST = 20;

/** Finds a tenant and goes to work in it. The page belongs to the tenant before, so it is left. */
export function TenantDialog({ onClosed }: { onClosed: () => void }) {
  const t = useTranslations("operator");
  const palette = useTranslations("palette");
  const write = useWrite();
  const [typed, setTyped] = useState("");
  const [isLeaving, setLeaving] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { rows, isSearching, hasFailed } = useRows(TENANTS, typed, { most: MOST, isEager: true });

  async function enter({ detail: tenant_id }: Choice) {
    if (isLeaving) return;
    setLeaving(true);
    setRefusal(null);
    const written = await write("PUT", "/api/user/acting-tenant", { body: { tenant_id } });
    if (written.ok) return leaveTo(HOME);
    setLeaving(false);
    setRefusal(written.message);
  }

  return (
    <SearchDialog
      title={t("title")}
      label={t("tenant")}
      words={<p className="-mt-2 mb-4 text-sm text-muted">{t("words")}</p>}
      typed={typed}
      onTyped={(now) => {
        setTyped(now);
        setRefusal(null);
      }}
      choices={rows}
      isSearching={isSearching || isLeaving}
      trouble={refusal ?? (hasFailed ? palette("failed") : null)}
      onChoose={(choice) => void enter(choice)}
      onClosed={onClosed}
    />
  );
}
