"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SecondFactor } from "@/lib/cognito/user-directory";
import { Select } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { type Unwritten, useWrite } from "../../use-write";
import { PasswordAgain } from "./password-again";

/** Which of two second factors is asked for first. */
export function PreferredFactor({ preferred }: { preferred: SecondFactor | null }) {
  const t = useTranslations("account");
  const write = useWrite();
  const router = useRouter();
  const toast = useToast();
  /** Chosen and not saved yet. */
  const [wanted, setWanted] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);

  async function prefer(password: string) {
    if (pending || wanted === null) return;
    setPending(true);
    const body = { preferred: wanted, password };
    const written = await write("PATCH", "/api/user/mfa-preference", { body });
    setPending(false);
    if (!written.ok) return setRefusal(written);
    stop();
    toast({ message: t("preferredNow", { factor: wanted }) });
    router.refresh();
  }

  function stop() {
    setWanted(null);
    setRefusal(null);
  }

  return (
    <div className="max-w-sm space-y-3">
      {refusal && !refusal.fields.password && <Notice kind="error">{refusal.message}</Notice>}
      <Select
        label={t("preferred")}
        name="preferred"
        value={wanted ?? preferred ?? ""}
        onChange={(event) => setWanted(event.currentTarget.value)}
      >
        {preferred === null && <option value="">{t("either")}</option>}
        <option value="SOFTWARE_TOKEN_MFA">{t("app")}</option>
        <option value="SMS_MFA">{t("text")}</option>
      </Select>
      {wanted !== null && wanted !== "" && wanted !== preferred && (
        <PasswordAgain
          submit={{ label: t("saveChoice") }}
          error={refusal?.fields.password}
          pending={pending}
          onSend={prefer}
          onCancel={stop}
        />
      )}
    </div>
  );
}
