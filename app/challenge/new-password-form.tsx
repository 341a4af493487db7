"use client";

import { type FormEvent, useState } from "react";
import { attemptSignIn } from "../signin/attempt";
import { wordsFor } from "../signin/refusal";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";

export function NewPasswordForm({ email, callbackUrl }: { email: string; callbackUrl: string }) {
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<string>();
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const input = event.currentTarget.elements.namedItem("new_password") as HTMLInputElement;
    setRefusal(null);
    if (input.value === "") {
      setFault("Enter a new password.");
      return input.focus();
    }
    setFault(undefined);
    setPending(true);
    const error = await attemptSignIn("new-password", { new_password: input.value, callbackUrl });
    if (error === null) return window.location.assign(callbackUrl);
    setPending(false);
    const [code = "", advice] = error.split(/:(.*)/s);
    if (code === "challenge_expired") {
      const query = new URLSearchParams({ callbackUrl, error: code });
      return window.location.assign(`/signin?${query}`);
    }
    if (code === "password_rejected") setFault(advice ?? "This password does not meet the requirements.");
    else setRefusal(wordsFor(code));
    input.focus();
  }

  return (
    // By POST, for whoever is faster than the script: a browser would put the password into the address.
    <form method="post" onSubmit={submit} noValidate className="space-y-5">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      {/* Tells a password manager whose password this is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="New password"
        name="new_password"
        autoComplete="new-password"
        hint="At least 8 characters, with upper and lower case letters, a number and a symbol."
        maxLength={256}
        error={fault}
        autoFocus
      />
      <Button type="submit" look="primary" pending={pending} className="w-full">
        {pending ? "Saving…" : "Save and sign in"}
      </Button>
    </form>
  );
}
