"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { leaveTo } from "../connection";
import { postToNextAuth } from "../next-auth-post";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";
import { errorWords } from "../words/error-words";

type Props = {
  /** Where to go then: `/signin`, or Cognito's own sign-out for a session of the Hosted UI. */
  next: string;
  /** Its place in the frame. */
  className?: string;
  /** Stands before the words, or for them where there is no room. */
  icon?: ReactNode;
};

export function SignOut({ next, className, icon }: Props) {
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
    <Button
      look="quiet"
      className={className}
      pending={pending}
      onClick={leave}
      title={icon ? t("signOut") : undefined}
    >
      {!pending && icon}
      <span className={icon ? "sr-only wide:not-sr-only" : ""}>{t("signOut")}</span>
    </Button>
  );
}
