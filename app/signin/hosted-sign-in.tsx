"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { leaveTo } from "../connection";
import { postToNextAuth } from "../next-auth-post";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { errorWords } from "../words/error-words";

/** To Cognito's own sign-in pages, in the language of this one, and back. */
export function HostedSignIn({ callbackUrl }: { callbackUrl: string }) {
  const t = useTranslations("signin");
  const errors = useTranslations("errors");
  const lang = useLocale();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function leave() {
    setPending(true);
    setRefusal(null);
    const posted = await postToNextAuth(`signin/cognito?${new URLSearchParams({ lang })}`, { callbackUrl });
    if (posted.ok) return leaveTo(posted.url);
    setPending(false);
    setRefusal(errorWords(errors, posted));
  }

  return (
    <>
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <Button className="w-full" pending={pending} onClick={leave}>
        {t("hosted")}
      </Button>
    </>
  );
}
