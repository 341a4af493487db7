"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "../../ui/button";
import { useFaultFocus } from "../../use-fault-focus";
import { CurrentPasswordField } from "./current-password-field";

type Props = {
  /** What the password is for, on the button that sends it. */
  submit: { label: string; look?: "primary" | "danger" };
  /** What was wrong with it. */
  error: string | undefined;
  pending: boolean;
  onSend: (password: string) => void;
  onCancel: () => void;
};

/** Asks for the password once more, before what protects the account is changed. */
export function PasswordAgain({ submit, error, pending, onSend, onCancel }: Props) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const form = useFaultFocus(error);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSend(String(new FormData(event.currentTarget).get("password")));
  }

  return (
    <form ref={form} method="post" onSubmit={send} noValidate className="space-y-4">
      <CurrentPasswordField error={error} hint={t("passwordAgainWords")} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look={submit.look ?? "primary"} pending={pending}>
          {submit.label}
        </Button>
        <Button onClick={onCancel}>{common("cancel")}</Button>
      </div>
    </form>
  );
}
