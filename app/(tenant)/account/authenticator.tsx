"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { AuthenticatorSecret } from "../../ui/authenticator-secret";
import { Button } from "../../ui/button";
import { CodeField } from "../../ui/code-field";
import { Notice } from "../../ui/notice";
import { type Written, write } from "../../write";

type Secret = { secret_code: string; otpauth_uri: string };

/** Turns the authenticator app on, by scanning and proving a first code, and off. */
export function Authenticator({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const [refusal, setRefusal] = useState<Extract<Written, { ok: false }> | null>(null);

  async function send(...args: Parameters<typeof write>): Promise<unknown> {
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
  }

  async function verify(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    if (!(await send("POST", "/api/user/totp/verify", { body: { code } }))) return;
    setSecret(null);
    router.refresh();
  }

  async function turnOff() {
    if (await send("DELETE", "/api/user/totp")) router.refresh();
  }

  const faults = refusal?.fields ?? {};
  return (
    <div className="max-w-sm space-y-4 text-sm">
      {refusal && Object.keys(faults).length === 0 && <Notice kind="error">{refusal.message}</Notice>}
      <p className="text-muted">
        {isOn
          ? "Signing in asks for a code of your authenticator app."
          : "With an authenticator app, your password alone is not enough to sign in."}
      </p>
      {secret ? (
        <form method="post" onSubmit={verify} noValidate className="space-y-4">
          <AuthenticatorSecret secret={secret.secret_code} uri={secret.otpauth_uri} />
          <CodeField label="Code that the app shows" name="code" error={faults.code} autoFocus />
          <div className="flex gap-3">
            <Button type="submit" look="primary" pending={pending}>
              Turn on
            </Button>
            <Button onClick={() => setSecret(null)}>Cancel</Button>
          </div>
        </form>
      ) : isOn ? (
        <Button look="danger" pending={pending} onClick={turnOff}>
          Turn off the authenticator app
        </Button>
      ) : (
        <Button pending={pending} onClick={begin}>
          Set up an authenticator app
        </Button>
      )}
    </div>
  );
}
