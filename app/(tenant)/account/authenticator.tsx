"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useState } from "react";
import { AuthenticatorSecret } from "../../ui/authenticator-secret";
import { Button } from "../../ui/button";
import { CodeField } from "../../ui/code-field";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite, type Write, type Written } from "../../use-write";
import { PasswordAgain } from "./password-again";

type Secret = { secret_code: string; otpauth_uri: string };

/** Turns the authenticator app on, by scanning and proving a first code, and off. */
export function Authenticator({ isOn }: { isOn: boolean }) {
  const t = useTranslations("account");
  const forms = useTranslations("forms");
  const common = useTranslations("common");
  const write = useWrite({ conflict: t("notAllowed") });
  const router = useRouter();
  const toast = useToast();
  /** The button that was pressed last gives way to another one, which takes the focus over. */
  const [hasActed, setActed] = useState(false);
  const [pending, setPending] = useState(false);
  const [isAsking, setAsking] = useState(false);
  /** Cognito is asked for it at both steps of setting up. */
  const [password, setPassword] = useState("");
  const [secret, setSecret] = useState<Secret | null>(null);
  const [refusal, setRefusal] = useState<Extract<Written, { ok: false }> | null>(null);

  async function send(...args: Parameters<Write>): Promise<unknown> {
    if (pending) return null;
    setPending(true);
    const written = await write(...args);
    setPending(false);
    setRefusal(written.ok ? null : written);
    return written.ok ? (written.answer ?? {}) : null;
  }

  async function begin(typed: string) {
    const answer = await send("POST", "/api/user/totp", { body: { password: typed } });
    if (!answer) return;
    setPassword(typed);
    setAsking(false);
    setSecret(answer as Secret);
  }

  async function verify(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    if (!(await send("POST", "/api/user/totp/verify", { body: { code, password } }))) return;
    toast({ message: t("appIsOn") });
    // At once with what the server says then: nothing in between offers to set up what is set up.
    startTransition(() => {
      stop();
      router.refresh();
    });
  }

  async function turnOff(typed: string) {
    if (!(await send("DELETE", "/api/user/totp", { body: { password: typed } }))) return;
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
          <AuthenticatorSecret
            secret={secret.secret_code}
            uri={secret.otpauth_uri}
            label={forms("qrCode")}
            hint={forms("typeSecret")}
          />
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
