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

  async function begin() {
    const answer = await send("POST", "/api/user/totp");
    if (answer) setSecret(answer as Secret);
    setActed(true);
  }

  async function verify(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    if (!(await send("POST", "/api/user/totp/verify", { body: { code } }))) return;
    toast({ message: t("appIsOn") });
    // At once with what the server says then: nothing in between offers to set up what is set up.
    startTransition(() => {
      setSecret(null);
      router.refresh();
    });
  }

  async function turnOff() {
    if (!(await send("DELETE", "/api/user/totp"))) return;
    setActed(true);
    toast({ message: t("appIsOff") });
    router.refresh();
  }

  const faults = refusal?.fields ?? {};
  return (
    <div className="max-w-sm space-y-4 text-sm">
      {refusal && Object.keys(faults).length === 0 && <Notice kind="error">{refusal.message}</Notice>}
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
            <Button onClick={() => setSecret(null)}>{common("cancel")}</Button>
          </div>
        </form>
      ) : isOn ? (
        <Button key="off" look="danger" autoFocus={hasActed} pending={pending} onClick={turnOff}>
          {t("turnOff")}
        </Button>
      ) : (
        <Button key="on" autoFocus={hasActed} pending={pending} onClick={begin}>
          {t("setUp")}
        </Button>
      )}
    </div>
  );
}
