"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Field } from "./field";

/** A password with a way to see what one typed. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, "type">) {
  const t = useTranslations("ui");
  const [visible, setVisible] = useState(false);
  return (
    <div className="relative">
      <Field {...props} type={visible ? "text" : "password"} />
      <button
        type="button"
        onClick={() => setVisible(!visible)}
        aria-pressed={visible}
        className="absolute top-0 right-0 -mt-2.5 -mr-3 rounded-lg px-3 py-2.5 text-sm text-muted hover:text-ink"
      >
        {visible ? t("hide") : t("show")}
      </button>
    </div>
  );
}
