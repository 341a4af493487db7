import type { ComponentProps } from "react";
import { Field } from "./field";

/** A one-time code: digits on a phone's keyboard, offered from a text message, pasted with or without spaces. */
export function CodeField(props: Omit<ComponentProps<typeof Field>, "type">) {
  return (
    <Field
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={12}
      {...props}
      type="text"
    />
  );
}
