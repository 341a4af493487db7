"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { attemptSignIn } from "./attempt";
import { wordsFor } from "./refusal";

type Props = { callbackUrl: string; notice: string | null };

export function SignInForm({ callbackUrl, notice }: Props) {
  const [pending, setPending] = useState(false);
  const [faults, setFaults] = useState<{ email?: string; password?: string }>({});
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const typed = new FormData(form);
    const email = String(typed.get("email")).trim();
    const password = String(typed.get("password"));
    const found = faultsOf(form, email, password);
    setFaults(found);
    setRefusal(null);
    const first = found.email ? "email" : found.password ? "password" : null;
    if (first) return focus(form, first);
    setPending(true);
    const error = await attemptSignIn("password", { email, password, callbackUrl });
    if (error === null) return window.location.assign(callbackUrl);
    if (error === "challenge")
      return window.location.assign(`/challenge?${new URLSearchParams({ callbackUrl })}`);
    setPending(false);
    setRefusal(wordsFor(error));
    focus(form, "password");
  }

  return (
    // By POST, for whoever is faster than the script: a browser would put the password into the address.
    <form method="post" onSubmit={submit} noValidate className="space-y-5">
      {refusal ? <Notice kind="error">{refusal}</Notice> : notice && <Notice kind="info">{notice}</Notice>}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
        error={faults.email}
        autoFocus
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        maxLength={256}
        error={faults.password}
      />
      <Button type="submit" look="primary" pending={pending} className="w-full">
        {pending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function faultsOf(form: HTMLFormElement, email: string, password: string) {
  const input = form.elements.namedItem("email") as HTMLInputElement;
  return {
    ...(email === "" && { email: "Enter your e-mail address." }),
    ...(email !== "" && !input.validity.valid && { email: "This is not an e-mail address." }),
    ...(password === "" && { password: "Enter your password." }),
  };
}

function focus(form: HTMLFormElement, name: string): void {
  (form.elements.namedItem(name) as HTMLInputElement).focus();
}
