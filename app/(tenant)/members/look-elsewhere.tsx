"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { directoryReadingShape } from "@/lib/members/answers";
import type { DirectoryReading } from "@/lib/members/contract";
import { readJson } from "../../api-client";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";

/** Searches the user pool for members who were not invited here. Rarely needed, so it comes last. */
export function LookElsewhere() {
  const t = useTranslations("members");
  const write = useWrite({ rate_limited: t("lookedJustNow") });
  const toast = useToast();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function look() {
    setPending(true);
    const written = await write("POST", "/api/members/sync", { read: readJson(directoryReadingShape) });
    setPending(false);
    setRefusal(written.ok ? null : written.message);
    if (written.ok) toast({ message: wordsFor(written.answer) });
    router.refresh();
  }

  function wordsFor({ found, removed, complete }: DirectoryReading): string {
    const said = t("found", { found, removed });
    return complete ? said : `${said} ${t("incomplete")}`;
  }

  return (
    <div className="space-y-2 border-t border-line pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <p className="min-w-0 flex-1 basis-72 text-xs text-muted">{t("missing")}</p>
        <Button look="quiet" className="-mx-4 text-left" pending={pending} onClick={look}>
          {t("look")}
        </Button>
      </div>
      {refusal && <Notice kind="error">{refusal}</Notice>}
    </div>
  );
}
