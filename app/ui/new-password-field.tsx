"use client";

import { Check, Circle } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { PasswordField } from "./password-field";

/** The rules of the user pool, as `passwordRules` says them. Symbols are those that Cognito counts. */
const RULES = {
  ruleLength: (typed: string) => typed.length >= 8,
  ruleUpper: (typed: string) => /[A-Z]/.test(typed),
  ruleLower: (typed: string) => /[a-z]/.test(typed),
  ruleNumber: (typed: string) => /[0-9]/.test(typed),
  ruleSymbol: (typed: string) => /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/.test(typed.trim()),
};

type Props = Omit<
  ComponentProps<typeof PasswordField>,
  "label" | "hint" | "autoComplete" | "maxLength" | "onInput"
>;

/**
 * Where a password is chosen. While one types, each rule says whether it is kept: Cognito would name one that is not at
 * a time. It has the last word: a pool may have other rules.
 */
export function NewPasswordField(props: Props) {
  const t = useTranslations("forms");
  const [typed, setTyped] = useState("");
  const rules = [
    { label: t("ruleLength"), isKept: RULES.ruleLength(typed) },
    { label: t("ruleUpper"), isKept: RULES.ruleUpper(typed) },
    { label: t("ruleLower"), isKept: RULES.ruleLower(typed) },
    { label: t("ruleNumber"), isKept: RULES.ruleNumber(typed) },
    { label: t("ruleSymbol"), isKept: RULES.ruleSymbol(typed) },
  ];
  return (
    <div className="space-y-2">
      <PasswordField
        {...props}
        label={t("newPassword")}
        hint={t("passwordRules")}
        autoComplete="new-password"
        maxLength={256}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== "" && (
        <ul aria-label={t("rules")} className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {rules.map(({ label, isKept }) => (
            <li key={label} className={`flex items-center gap-1.5 ${isKept ? "text-good" : "text-muted"}`}>
              {isKept ? (
                <Check aria-hidden="true" className="size-4" />
              ) : (
                <Circle aria-hidden="true" className="size-4 p-0.5" />
              )}
              {label}
              <span className="sr-only">{isKept ? t("ruleKept") : t("ruleNotKept")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
