"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type MouseEvent, useState } from "react";
import { typedAddress } from "@/lib/typed";
import { leaveTo } from "../connection";
import { focusFault } from "../focus-fault";
import { Button } from "../ui/button";
import { CodeField } from "../ui/code-field";
import { Field } from "../ui/field";
import { NewPasswordField } from "../ui/new-password-field";
import { Notice } from "../ui/notice";
import { type Unwritten, useWrite } from "../use-write";

/**
 * Two steps on one page: ask for a code, then use it. Whoever has one already goes on to the second without asking for
 * another, which would void it. Whether there is such an account is never told.
 */
export function ForgotPasswordForm({ hasCode }: { hasCode: boolean }) {
  const t = useTranslations("forgotPassword");
  const forms = useTranslations("forms");
  const write = useWrite();
  const [step, setStep] = useState<"ask" | "enter">(hasCode ? "enter" : "ask");
  const [email, setEmail] = useState("");
  /** A code was asked for here, for this address. */
  const [isSent, setSent] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);

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
    const typed = emailIn(event.currentTarget);
    if (await send(event.currentTarget, "/api/user/forgot-password", { email: typed })) enter(typed, true);
  }

  function enter(typed: string, sent: boolean) {
    setEmail(typed);
    setSent(sent);
    setRefusal(null);
    setStep("enter");
  }

  function askAgain(typed: string) {
    setEmail(typed);
    setRefusal(null);
    setStep("ask");
  }

  async function reset(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const typed = new FormData(event.currentTarget);
    const body = {
      email: emailIn(event.currentTarget),
      code: String(typed.get("code")),
      new_password: String(typed.get("new_password")),
    };
    if (await send(event.currentTarget, "/api/user/reset-password", body))
      await leaveTo("/signin?error=password_reset");
  }

  const faults = refusal?.fields ?? {};
  const notice = refusal && Object.keys(faults).length === 0 && (
    <Notice kind="error">{refusal.message}</Notice>
  );
  const emailField = {
    label: forms("email"),
    name: "email",
    type: "email",
    autoComplete: "username",
    autoCapitalize: "none",
    spellCheck: false,
    maxLength: 128,
    defaultValue: email,
    error: faults.email,
    autoFocus: true,
  };
  if (step === "ask") {
    return (
      <form key="ask" method="post" onSubmit={askForCode} noValidate className="space-y-5">
        {notice}
        <Field {...emailField} hint={t("hint")} />
        <Button type="submit" look="primary" pending={pending} className="w-full">
          {t("send")}
        </Button>
        <Button look="quiet" className="w-full" onClick={(event) => enter(emailIn(formOf(event)), false)}>
          {t("haveCode")}
        </Button>
        <BackToSignIn />
      </form>
    );
  }
  return (
    <form key="enter" method="post" onSubmit={reset} noValidate className="space-y-5">
      {notice || (
        <Notice kind="info">
          {isSent
            ? t.rich("sent", {
                email,
                strong: (name) => (
                  <strong className="wrap-anywhere">
                    <bdi>{name}</bdi>
                  </strong>
                ),
              })
            : t("haveCodeWords")}
        </Notice>
      )}
      {isSent ? (
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      ) : (
        <Field {...emailField} />
      )}
      <CodeField label={t("code")} name="code" error={faults.code} autoFocus={isSent} />
      <NewPasswordField name="new_password" error={faults.new_password} />
      <Button type="submit" look="primary" pending={pending} className="w-full">
        {t("change")}
      </Button>
      <Button look="quiet" className="w-full" onClick={(event) => askAgain(emailIn(formOf(event)))}>
        {t("again")}
      </Button>
      {isSent && <p className="text-sm text-muted">{t("noMail")}</p>}
      <BackToSignIn />
    </form>
  );
}

const formOf = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => currentTarget.form as HTMLFormElement;

function emailIn(form: HTMLFormElement): string {
  return typedAddress(String(new FormData(form).get("email")));
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
