"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { Told } from "@/lib/auth/sign-in/error-parameter";
import { typedAddress } from "@/lib/typed";
import { AddressField } from "../address-field";
import {
  carriedAddress,
  carryAddress,
  rememberAddress,
  rememberedAddress,
  useFilledAddress,
} from "../carried-address";
import { leaveTo } from "../connection";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { errorWords } from "../words/error-words";
import { attemptSignIn } from "./attempt";
import { isEmail } from "./email-field";
import { useCompanySignIn, useShownAgain } from "./use-company-sign-in";
import { WayOut } from "./way-out";

type Props = {
  callbackUrl: string;
  notice: string | null;
  /** What brought one here, as an error code. */
  cause: string | null;
  /** Some come in at their company: the address is asked for before the password. */
  asksFirst: boolean;
};

export function SignInForm({ callbackUrl, notice, cause, asksFirst }: Props) {
  const t = useTranslations("signin");
  const forms = useTranslations("forms");
  const errors = useTranslations("errors");
  const faults = useTranslations("faults");
  const [pending, setPending] = useState(false);
  const [found, setFound] = useState<{ email?: string; password?: string }>({});
  const [refusal, setRefusal] = useState<Told | null>(null);
  const { hasPassword, follow, choosePassword } = useCompanySignIn(asksFirst, callbackUrl);
  useShownAgain(() => setPending(false));
  const filled = useRef<HTMLFormElement>(null);
  const [isRemembered, setRemembered] = useState(false);
  useFilledAddress(
    filled,
    () => carriedAddress() || rememberedAddress(),
    (form) => {
      setRemembered(rememberedAddress() !== "");
      focus(form, hasPassword ? "password" : "email");
    },
  );

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const typed = new FormData(form);
    const email = typedAddress(String(typed.get("email")));
    const password = hasPassword ? String(typed.get("password")) : null;
    const input = form.elements.namedItem("email") as HTMLInputElement;
    const wrong = {
      ...(email === "" && { email: t("noEmail") }),
      ...(email !== "" && !isEmail(input, email) && { email: faults("not_an_email") }),
      ...(password === "" && { password: t("noPassword") }),
    };
    setFound(wrong);
    setRefusal(null);
    const first = wrong.email ? "email" : wrong.password ? "password" : null;
    if (first) return focus(form, first);
    setPending(true);
    carryAddress(email);
    rememberAddress(isRemembered ? email : "");
    const refused = await follow(email);
    if (refused || password === null) {
      setPending(false);
      return setRefusal(refused);
    }
    const attempted = await attemptSignIn("password", { email, password, callbackUrl });
    if ("signedIn" in attempted) {
      carryAddress("");
      return leaveTo(callbackUrl);
    }
    if ("challenge" in attempted) return leaveTo(`/challenge?${new URLSearchParams({ callbackUrl })}`);
    setPending(false);
    setRefusal(attempted.refused);
    focus(form, "password");
  }

  function turnTo(isPassword: boolean) {
    choosePassword(isPassword);
    setRefusal(null);
    setFound({});
  }

  return (
    // By POST, for whoever is faster than the script: a browser would put the password into the address.
    <form ref={filled} method="post" onSubmit={submit} noValidate className="space-y-5">
      {refusal ? (
        <Notice kind="error">{errorWords(errors, refusal)}</Notice>
      ) : (
        notice && <Notice kind="info">{notice}</Notice>
      )}
      <WayOut code={refusal?.code ?? cause ?? ""} />
      <AddressField error={found.email} autoComplete="username webauthn" />
      {hasPassword && (
        <PasswordField
          label={forms("password")}
          name="password"
          autoComplete="current-password"
          maxLength={256}
          error={found.password}
          autoFocus={asksFirst}
        />
      )}
      <label className="flex min-h-6 w-fit cursor-pointer items-center gap-2 text-sm text-muted">
        <input
          type="checkbox"
          checked={isRemembered}
          onChange={({ target }) => {
            setRemembered(target.checked);
            if (!target.checked) rememberAddress("");
          }}
          className="size-4 accent-accent"
        />
        {t("remember")}
      </label>
      <Button type="submit" look="primary" pending={pending} className="w-full">
        {hasPassword ? t(pending ? "pending" : "submit") : t("goOn")}
      </Button>
      {(asksFirst || !hasPassword || refusal?.code === "single_sign_on_required") && (
        <Button look="quiet" className="w-full" disabled={pending} onClick={() => turnTo(!hasPassword)}>
          {t(hasPassword ? "atCompany" : "byPassword")}
        </Button>
      )}
    </form>
  );
}

function focus(form: HTMLFormElement, name: string): void {
  (form.elements.namedItem(name) as HTMLInputElement).focus();
}
