"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { leaveTo } from "../connection";
import { postToNextAuth } from "../next-auth-post";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";
import { errorWords } from "../words/error-words";

/**
 * @param next where to go then: `/signin`, or Cognito's own sign-out for a session of the Hosted UI.
 * @param className its place in a menu.
 */
export function SignOut({ next, className }: { next: string; className?: string }) {
  const t = useTranslations("nav");
  const errors = useTranslations("errors");
  const toast = useToast();
  const [pending, setPending] = useState(false);

  async function leave() {
    setPending(true);
    const posted = await postToNextAuth("signout", {});
    if (posted.ok) return leaveTo(next);
    setPending(false);
    toast({ message: t("notSignedOut", { reason: errorWords(errors, posted) }) });
  }

  return (
    <Button look="quiet" className={className} pending={pending} onClick={leave}>
      {t("signOut")}
    </Button>
  );
}
