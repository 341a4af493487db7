"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, lazy, Suspense, startTransition, useState } from "react";
import { type NewSecret, newSecretShape } from "@/lib/account/answers";
import { readJson } from "../../api-client";
import { AuthenticatorSecret } from "../../ui/authenticator-secret";
import { Button } from "../../ui/button";
import { CodeField } from "../../ui/code-field";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { type Unwritten, useWrite, type Written } from "../../use-write";
import { PasswordAgain } from "./password-again";

const readSecret = readJson(newSecretShape);

/** The encoder of the QR code is a quarter of this page's scripts, and most visits never need it. */
const loadQrCode = () => import("../../ui/qr-code");
const QrCode = lazy(async () => ({ default: (await loadQrCode()).QrCode }));

/** Turns the authenticator app on, by scanning and proving a first code, and off. */
export function Authenticator({ isOn }: { isOn: boolean }) {
  const t = useTranslations("account");
  const forms = useTranslations("forms");
  const common = useTranslations("common");
  const write = useWrite({ conflict: t("notAllowed") });
  const router = useRouter();
  const toast = useToast();
  /** A step is over: the button that replaces it takes the focus. */
  const [hasActed, setActed] = useState(false);
  const [pending, setPending] = useState(false);
  const [isAsking, setAsking] = useState(false);
  /** Cognito is asked for it at both steps of setting up. */
  const [password, setPassword] = useState("");
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const [refusal, setRefusal] = useState<Unwritten | null>(null);

  async function send<T>(writing: () => Promise<Written<T>>): Promise<{ answer: T } | null> {
    if (pending) return null;
    setPending(true);
    const written = await writing();
    setPending(false);
    setRefusal(written.ok ? null : written);
    return written.ok ? written : null;
  }

  async function begin(typed: string) {
    const body = { password: typed };
    // While Cognito answers. What fails to load now is loaded again when it is shown.
    void loadQrCode().catch(() => {});
    const begun = await send(() => write("POST", "/api/user/totp", { body, read: readSecret }));
    if (!begun) return;
    setPassword(typed);
    setAsking(false);
    setSecret(begun.answer);
  }

  async function verify(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = { code: String(new FormData(event.currentTarget).get("code")), password };
    if (!(await send(() => write("POST", "/api/user/totp/verify", { body })))) return;
    toast({ message: t("appIsOn") });
    // At once with what the server says then: nothing in between offers to set up what is set up.
    startTransition(() => {
      stop();
      router.refresh();
    });
  }

  async function turnOff(typed: string) {
    const body = { password: typed };
    if (!(await send(() => write("DELETE", "/api/user/totp", { body })))) return;
    stop();
    toast({ message: t("appIsOff") });
    router.refresh();
  }

  /** Back to the button, which takes the focus over. */
  function stop() {
    setActed(true);
    setAsking(false);
    setSecret(null);
    setPassword("");
    setRefusal(null);
  }

  const faults = refusal?.fields ?? {};
  const isTold = secret ? faults.code : isAsking && faults.password;
  return (
    <div className="max-w-sm space-y-4 text-sm">
      {refusal && !isTold && <Notice kind="error">{refusal.message}</Notice>}
      {secret ? (
        <form method="post" onSubmit={verify} noValidate className="space-y-4">
          <Suspense>
            <AuthenticatorSecret secret={secret.secret_code} uri={secret.otpauth_uri}>
              <QrCode text={secret.otpauth_uri} label={forms("qrCode")} />
            </AuthenticatorSecret>
          </Suspense>
          <CodeField label={t("appCode")} name="code" error={faults.code} autoFocus />
          <div className="flex gap-3">
            <Button type="submit" look="primary" pending={pending}>
              {t("turnOn")}
            </Button>
            <Button onClick={stop}>{common("cancel")}</Button>
          </div>
        </form>
      ) : isAsking ? (
        <PasswordAgain
          submit={isOn ? { label: t("turnOff"), look: "danger" } : { label: t("goOn") }}
          error={faults.password}
          pending={pending}
          onSend={isOn ? turnOff : begin}
          onCancel={stop}
        />
      ) : (
        <Button look={isOn ? "danger" : "plain"} autoFocus={hasActed} onClick={() => setAsking(true)}>
          {t(isOn ? "turnOff" : "setUp")}
        </Button>
      )}
    </div>
  );
}
