"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { carryAddress } from "../carried-address";
import { leaveTo, loadAgain } from "../connection";
import { attemptSignIn } from "../signin/attempt";
import { Button } from "../ui/button";
import { CodeField } from "../ui/code-field";
import { NewPasswordField } from "../ui/new-password-field";
import { Notice } from "../ui/notice";
import { errorWords } from "../words/error-words";
import { faultWords } from "../words/fault-words";

const FACTORS = [
  { value: "SOFTWARE_TOKEN_MFA", words: "app" },
  { value: "SMS_MFA", words: "text" },
] as const;

type Props = { challenge: string; email: string; callbackUrl: string };

/** One step of signing in: a new password, a code, or the choice between two second factors. */
export function ChallengeForm({ challenge, email, callbackUrl }: Props) {
  const t = useTranslations("challenge");
  const errors = useTranslations("errors");
  const faults = useTranslations("faults");
  const [sent, setSent] = useState<string | null>(null);
  const pending = sent !== null;
  const [fault, setFault] = useState<string>();
  const [refusal, setRefusal] = useState<string | null>(null);
  const isPassword = challenge === "NEW_PASSWORD_REQUIRED";

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const answer = String(new FormData(form, (event.nativeEvent as SubmitEvent).submitter).get("answer"));
    const input = form.elements.namedItem("answer");
    const focus = () => input instanceof HTMLInputElement && input.focus();
    setRefusal(null);
    if (answer === "") {
      setFault(isPassword ? t("noPassword") : t("noCode"));
      return focus();
    }
    setFault(undefined);
    setSent(answer);
    const given = isPassword ? answer : answer.replace(/\s/g, "");
    const typed = { answer: given, email, step: challenge, callbackUrl };
    const attempted = await attemptSignIn("challenge", typed);
    if ("signedIn" in attempted) {
      carryAddress("");
      return leaveTo(callbackUrl);
    }
    if ("challenge" in attempted) return loadAgain();
    const { code, fault: advice } = attempted.refused;
    if (code === "challenge_expired") {
      return leaveTo(`/signin?${new URLSearchParams({ callbackUrl, error: code })}`);
    }
    setSent(null);
    if (advice !== undefined) setFault(faultWords(faults, { code: advice }));
    else setRefusal(errorWords(errors, attempted.refused));
    focus();
  }

  return (
    // By POST, for whoever is faster than the script: a browser would put the password into the address.
    <form method="post" onSubmit={submit} noValidate className="space-y-5">
      {refusal && <Notice kind="error">{refusal}</Notice>}
      {challenge === "SELECT_MFA_TYPE" ? (
        <div className="grid gap-3">
          {FACTORS.map(({ value, words }) => (
            <Button
              key={value}
              type="submit"
              name="answer"
              value={value}
              pending={sent === value}
              disabled={pending && sent !== value}
            >
              {t(words)}
            </Button>
          ))}
        </div>
      ) : (
        <>
          {isPassword ? (
            <NewPassword email={email} error={fault} />
          ) : (
            <CodeField label={t("code")} name="answer" error={fault} autoFocus />
          )}
          <Button type="submit" look="primary" pending={pending} className="w-full">
            {pending ? t("checking") : isPassword ? t("saveAndSignIn") : t("continue")}
          </Button>
        </>
      )}
      <p className="text-sm">
        <a href="/signin" className="text-muted underline hover:text-ink">
          {t("startAgain")}
        </a>
      </p>
    </form>
  );
}

function NewPassword({ email, error }: { email: string; error: string | undefined }) {
  return (
    <>
      {/* Tells a password manager whose password this is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField name="answer" error={error} autoFocus />
    </>
  );
}
