"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../ui/button";
import { useToast } from "../../ui/toast";

/** What is to be entered elsewhere letter by letter, with a button that copies it. */
export function CopyText({ label, value }: { label: string; value: string }) {
  const t = useTranslations("singleSignOn");
  const toast = useToast();

  async function copy() {
    // A browser may refuse: it is selected with one press, too.
    const isCopied = await navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    );
    toast({ message: t(isCopied ? "copied" : "notCopied") });
  }

  return (
    <div className="max-w-xl">
      <p className="text-xs text-muted">{label}</p>
      <div className="mt-1 flex items-center gap-1 rounded-lg border border-line bg-raised pl-3">
        <code className="min-w-0 flex-1 py-2 text-xs break-all select-all">{value}</code>
        <Button
          look="quiet"
          className="shrink-0 px-3!"
          aria-label={t("copyNamed", { what: label })}
          onClick={copy}
        >
          <Copy aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </div>
  );
}
