"use client";

import { useTranslations } from "next-intl";
import { typedAddress } from "@/lib/typed";
import { carryAddress } from "./carried-address";
import { Field } from "./ui/field";

type Props = { error: string | undefined; hint?: string; autoComplete?: string };

/** The address of the account, which goes along to whichever page is next. */
export function AddressField({ error, hint, autoComplete = "username" }: Props) {
  const forms = useTranslations("forms");
  return (
    <Field
      label={forms("email")}
      name="email"
      type="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      maxLength={128}
      error={error}
      hint={hint}
      onBlur={({ target }) => carryAddress(typedAddress(target.value))}
      autoFocus
    />
  );
}
