"use client";

import type { ComponentProps } from "react";
import { Field } from "../ui/field";

/** The address of somebody else: a browser is not to fill in one's own. */
export function EmailField(props: ComponentProps<typeof Field>) {
  return (
    <Field
      type="email"
      inputMode="email"
      maxLength={128}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
    />
  );
}
