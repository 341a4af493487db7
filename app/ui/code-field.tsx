"use client";

import type { ClipboardEvent, ComponentProps } from "react";
import { typedCode } from "@/lib/typed";
import { Field } from "./field";

/** A one-time code: digits on a phone's keyboard, offered from a text message, pasted with whatever is around it. */
export function CodeField(props: Omit<ComponentProps<typeof Field>, "type">) {
  return (
    <Field
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      onPaste={pasteDigits}
      {...props}
      type="text"
      className="font-mono tracking-[0.25em]"
    />
  );
}

/** Six digits, also as "123 456", out of a whole message. Anything else is pasted as it is. */
function pasteDigits(event: ClipboardEvent<HTMLInputElement>): void {
  const pasted = event.clipboardData.getData("text").normalize("NFKC");
  const found = /(?<!\d)\d{3}[\s\p{Pd}]?\d{3}(?!\d)/u.exec(pasted)?.[0];
  const code = found && typedCode(found);
  if (!code) return;
  event.preventDefault();
  event.currentTarget.value = code;
}
