"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SecondFactor } from "@/lib/cognito/user-directory";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";

/** Which of two second factors is asked for first. */
export function PreferredFactor({ preferred }: { preferred: SecondFactor | null }) {
  const t = useTranslations("account");
  const write = useWrite();
  const router = useRouter();
  const toast = useToast();
  const [refusal, setRefusal] = useState<string | null>(null);

  async function prefer(factor: string) {
    const written = await write("PATCH", "/api/user/mfa-preference", { body: { preferred: factor } });
    setRefusal(written.ok ? null : written.message);
    if (written.ok) toast({ message: t("preferredNow", { factor }) });
    router.refresh();
  }

  return (
    <div className="max-w-sm space-y-3">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <Select
        label={t("preferred")}
        name="preferred"
        value={preferred ?? ""}
        onChange={(event) => prefer(event.currentTarget.value)}
      >
        {preferred === null && <option value="">{t("either")}</option>}
        <option value="SOFTWARE_TOKEN_MFA">{t("app")}</option>
        <option value="SMS_MFA">{t("text")}</option>
      </Select>
    </div>
  );
}
