"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { typedAddress } from "@/lib/typed";
import { AddressField } from "../address-field";
import { carriedAddress, carryAddress, useFilledAddress } from "../carried-address";
import { leaveTo } from "../connection";
import { RefusalNotice } from "../refusal-notice";
import { Button } from "../ui/button";
import { CodeField } from "../ui/code-field";
import { Link } from "../ui/link";
import { NewPasswordField } from "../ui/new-password-field";
import { Notice } from "../ui/notice";
import { useRouter } from "../use-router";
import { ADDRESS_OF } from "./steps";
import { useSending } from "./use-sending";

const ASK = "/api/user/forgot-password";
const RESET = "/api/user/reset-password";

/**
 * The second step: the code, and the password in place of the forgotten one.
 *
 * @param isSent a code was asked for here, for the address that is carried along.
 */
export function EnterCode({ isSent }: { isSent: boolean }) {
  const t = useTranslations("forgotPassword");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { send, sending, refusal } = useSending();
  /** How often another code was asked for here. */
  const [asked, setAsked] = useState(0);
  // Before anything is painted: only the browser knows it.
  const [carried, setCarried] = useState<string | null>(null);
  useLayoutEffect(() => setCarried(carriedAddress()), []);
  useFilledAddress(form, carriedAddress);
  /** In another browser nothing is carried along. */
  const isKnown = isSent && carried !== "";

  const emailIn = (filled: HTMLFormElement) => typedAddress(String(new FormData(filled).get("email")));

  async function reset(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const email = emailIn(event.currentTarget);
    carryAddress(email);
    const body = { email, code: String(typed.get("code")), new_password: String(typed.get("new_password")) };
    if (await send(event.currentTarget, RESET, body)) await leaveTo("/signin?error=password_reset");
  }

  async function askAgain(filled: HTMLFormElement) {
    const email = emailIn(filled);
    carryAddress(email);
    if (!(await send(filled, ASK, { email }))) return;
    if (!isKnown) return router.replace(ADDRESS_OF.sent);
    setAsked(asked + 1);
    const code = filled.elements.namedItem("code") as HTMLInputElement;
    code.value = "";
    code.focus();
  }

  const strong = (name: ReactNode) => (
    <strong className="wrap-anywhere">
      <bdi>{name}</bdi>
    </strong>
  );
  const faults = refusal?.fields ?? {};
  return (
    <form ref={form} method="post" onSubmit={reset} noValidate className="space-y-5">
      {refusal && Object.keys(faults).length === 0 ? (
        <RefusalNotice refusal={refusal} />
      ) : (
        <Notice kind="info">
          {isKnown
            ? t.rich(asked > 0 ? "sentAgain" : "sent", { email: carried ?? "", strong })
            : t("haveCodeWords")}
        </Notice>
      )}
      {isKnown ? (
        <input type="email" name="email" autoComplete="username" value={carried ?? ""} readOnly hidden />
      ) : (
        <AddressField error={faults.email} />
      )}
      <CodeField label={t("code")} name="code" error={faults.code} autoFocus={isSent} />
      <NewPasswordField name="new_password" error={faults.new_password} />
      <Button type="submit" look="primary" pending={sending === RESET} className="w-full">
        {t("change")}
      </Button>
      <Button
        look="quiet"
        className="w-full"
        pending={sending === ASK}
        onClick={({ currentTarget }) => void askAgain(currentTarget.form as HTMLFormElement)}
      >
        {t("again")}
      </Button>
      {isSent && <p className="text-sm text-muted">{t("noMail")}</p>}
      {isKnown && (
        <p className="text-sm">
          <Link href={ADDRESS_OF.ask} className="text-muted underline hover:text-ink">
            {t("otherAddress")}
          </Link>
        </p>
      )}
    </form>
  );
}
