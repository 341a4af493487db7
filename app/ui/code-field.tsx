"use client";

import type { ClipboardEvent, ComponentProps } from "react";
import { codeIn } from "@/lib/typed";
import { Field } from "./field";

/** A one-time code: digits on a phone's keyboard, offered from a text message, pasted together with the text around it. */
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

/** The code out of a whole message. Anything else is pasted as it is. */
function pasteDigits(event: ClipboardEvent<HTMLInputElement>): void {
  const code = codeIn(event.clipboardData.getData("text"));
  if (code === null) return;
  event.preventDefault();
  event.currentTarget.value = code;
}
