"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { Button } from "../../ui/button";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { RoleOptions } from "../members/role-options";

/** What somebody may do who comes in for the first time. */
export function NewcomersStep({ own: { newcomer_role } }: { own: SingleSignOn }) {
  const t = useTranslations("singleSignOn");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const [wanted, setWanted] = useState<string>(newcomer_role);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function save() {
    setPending(true);
    const written = await write("PATCH", "/api/single-sign-on", { body: { newcomer_role: wanted } });
    setPending(false);
    setRefusal(written.ok ? null : written.message);
    if (written.ok) toast({ message: t("roleSaved") });
    router.refresh();
  }

  return (
    <div className="max-w-md space-y-4">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <Select
        label={t("role")}
        name="newcomer_role"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      >
        <RoleOptions />
      </Select>
      {wanted === "admin" && <p className="text-muted">{t("roleAdmin")}</p>}
      <Button pending={pending} disabled={wanted === newcomer_role} onClick={save}>
        {t("saveRole")}
      </Button>
    </div>
  );
}
