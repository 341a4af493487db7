"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { LINK_BUTTON } from "./link-button";

type Props = {
  uri: string;
  secret: string;
  /** The QR code: its encoder is not for every page to load. */
  children: ReactNode;
};

/** What an authenticator app needs: to scan, to open on this very device, to copy, or to type. */
export function AuthenticatorSecret({ uri, secret, children }: Props) {
  const t = useTranslations("forms");
  const [isCopied, setCopied] = useState(false);
  const groups = secret.match(/.{1,4}/g) ?? [secret];
  return (
    <div className="space-y-3">
      {children}
      <p className="text-center text-sm text-muted">
        {t("typeSecret")}
        <code className="mt-1 block font-mono text-ink select-all">
          {groups.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one key never move.
            <span key={index} className="inline-block">
              {group}
              {index < groups.length - 1 && "\u00a0"}
            </span>
          ))}
        </code>
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button
          onClick={() =>
            // Refused where the page may not write to the clipboard: the key is there to be selected.
            void navigator.clipboard?.writeText(secret).then(
              () => setCopied(true),
              () => {},
            )
          }
        >
          <span aria-live="polite">{isCopied ? t("copied") : t("copyKey")}</span>
        </Button>
        <a href={uri} className={LINK_BUTTON}>
          {t("openApp")}
        </a>
      </div>
      <p className="text-sm text-muted">{t("phoneLost")}</p>
    </div>
  );
}
