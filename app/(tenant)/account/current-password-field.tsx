"use client";

import { useTranslations } from "next-intl";
import { PasswordField } from "../../ui/password-field";

/** The password of now, said once more before something that whoever finds an open session must not do. */
export function CurrentPasswordField({ error, hint }: { error: string | undefined; hint?: string }) {
  const t = useTranslations("account");
  return (
    <PasswordField
      label={t("passwordAgain")}
      name="password"
      autoComplete="current-password"
      maxLength={256}
      error={error}
      hint={hint}
      autoFocus
    />
  );
}
