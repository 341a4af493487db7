"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { RefusalNotice } from "../../refusal-notice";
import { Button } from "../../ui/button";
import { NewPasswordField } from "../../ui/new-password-field";
import { PasswordField } from "../../ui/password-field";
import { useToast } from "../../ui/toast";
import { useFaultFocus } from "../../use-fault-focus";
import { useRouter } from "../../use-router";
import { type Unwritten, useWrite } from "../../use-write";

export function ChangePassword({ email }: { email: string }) {
  const t = useTranslations("account");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  /** Each begins with an empty field. */
  const [changes, setChanges] = useState(0);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);
  const filled = useFaultFocus(refusal);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const typed = new FormData(form);
    const body = {
      old_password: String(typed.get("old_password")),
      new_password: String(typed.get("new_password")),
    };
    setPending(true);
    const result = await write("POST", "/api/user/change-password", { body });
    setPending(false);
    setRefusal(result.ok ? null : result);
    if (!result.ok) return;
    form.reset();
    setChanges(changes + 1);
    toast({ message: t("passwordChanged") });
    router.refresh();
  }

  const faults = refusal?.fields ?? {};
  return (
    <form ref={filled} method="post" onSubmit={submit} noValidate className="max-w-sm space-y-4">
      <RefusalNotice refusal={refusal} />
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t("currentPassword")}
        name="old_password"
        autoComplete="current-password"
        maxLength={256}
        error={faults.old_password}
      />
      <NewPasswordField key={changes} name="new_password" error={faults.new_password} />
      <Button type="submit" pending={pending}>
        {t("changePassword")}
      </Button>
    </form>
  );
}
