"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { Field } from "./field";

/** A password field that can show what was typed, and warns when Caps Lock is on. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, "type">) {
  const t = useTranslations("ui");
  const [visible, setVisible] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const look = ({ nativeEvent }: KeyboardEvent) =>
    // A password manager fills in with events that know nothing of keys.
    setCapsLock(nativeEvent.getModifierState?.("CapsLock") ?? false);
  return (
    <Field
      {...props}
      type={visible ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => setCapsLock(false)}
      note={capsLock ? t("capsLock") : ""}
      end={
        <button
          type="button"
          onClick={() => setVisible(!visible)}
          aria-label={visible ? t("hide") : t("show")}
          title={visible ? t("hide") : t("show")}
          className="inline-flex size-11 items-center justify-center rounded-lg text-muted hover:text-ink"
        >
          {visible ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      }
    />
  );
}
