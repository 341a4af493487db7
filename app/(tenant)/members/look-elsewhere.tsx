"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DirectoryReading } from "@/lib/members/contract";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { useWrite, type Written } from "../../use-write";

/** Has the user pool gone through for members that were not invited here. */
export function LookElsewhere() {
  const t = useTranslations("members");
  const write = useWrite({ rate_limited: t("lookedJustNow") });
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [written, setWritten] = useState<Written | null>(null);

  async function look() {
    setPending(true);
    setWritten(await write("POST", "/api/members/sync"));
    setPending(false);
    router.refresh();
  }

  function wordsFor({ found, removed, complete }: DirectoryReading): string {
    const said = t("found", { found, removed });
    return complete ? said : `${said} ${t("incomplete")}`;
  }

  return (
    <div className="space-y-3">
      <p className="text-sm text-muted">{t("missing")}</p>
      <Button pending={pending} onClick={look}>
        {t("look")}
      </Button>
      {written && (
        <Notice kind={written.ok ? "info" : "error"}>
          {written.ok ? wordsFor(written.answer as DirectoryReading) : written.message}
        </Notice>
      )}
    </div>
  );
}
