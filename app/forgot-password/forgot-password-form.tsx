"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { leaveTo } from "../connection";
import { focusFault } from "../focus-fault";
import { Button } from "../ui/button";
import { CodeField } from "../ui/code-field";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useWrite, type Written } from "../use-write";

/** Two steps on one page: ask for a code, then use it. Whether there is such an account is never told. */
export function ForgotPasswordForm() {
  const t = useTranslations("forgotPassword");
  const forms = useTranslations("forms");
  const write = useWrite();
  const [email, setEmail] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Extract<Written, { ok: false }> | null>(null);

  async function send(form: HTMLFormElement, path: string, body: Record<string, string>): Promise<boolean> {
    setPending(true);
    const written = await write("POST", path, { body });
    setPending(false);
    setRefusal(written.ok ? null : written);
    if (!written.ok) focusFault(form, written.fields);
    return written.ok;
  }

  async function askForCode(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const typed = String(new FormData(event.currentTarget).get("email")).trim();
    if (await send(event.currentTarget, "/api/user/forgot-password", { email: typed })) setEmail(typed);
  }

  async function reset(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending || email === null) return;
    const typed = new FormData(event.currentTarget);
    const body = { email, code: String(typed.get("code")), new_password: String(typed.get("new_password")) };
    if (await send(event.currentTarget, "/api/user/reset-password", body))
      await leaveTo("/signin?error=password_reset");
  }

  const faults = refusal?.fields ?? {};
  const notice = refusal && Object.keys(faults).length === 0 && (
    <Notice kind="error">{refusal.message}</Notice>
  );
  if (email === null) {
    return (
      <form method="post" onSubmit={askForCode} noValidate className="space-y-5">
        {notice}
        <Field
          label={forms("email")}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={128}
          hint={t("hint")}
          error={faults.email}
          autoFocus
        />
        <Button type="submit" look="primary" pending={pending} className="w-full">
          {t("send")}
        </Button>
        <BackToSignIn />
      </form>
    );
  }
  return (
    <form method="post" onSubmit={reset} noValidate className="space-y-5">
      {notice || (
        <Notice kind="info">
          {t.rich("sent", { email, strong: (name) => <strong className="wrap-anywhere">{name}</strong> })}
        </Notice>
      )}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <CodeField label={t("code")} name="code" error={faults.code} autoFocus />
      <PasswordField
        label={forms("newPassword")}
        name="new_password"
        autoComplete="new-password"
        hint={forms("passwordRules")}
        maxLength={256}
        error={faults.new_password}
      />
      <Button type="submit" look="primary" pending={pending} className="w-full">
        {t("change")}
      </Button>
      <Button look="quiet" className="w-full" onClick={() => setEmail(null)}>
        {t("again")}
      </Button>
      <BackToSignIn />
    </form>
  );
}

function BackToSignIn() {
  const t = useTranslations("forgotPassword");
  return (
    <p className="text-sm">
      <a href="/signin" className="text-muted underline hover:text-ink">
        {t("back")}
      </a>
    </p>
  );
}
