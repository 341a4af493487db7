"use client";

import { signIn } from "next-auth/react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";

/** To Cognito's own sign-in pages, in the language of this one, and back. */
export function HostedSignIn({ callbackUrl }: { callbackUrl: string }) {
  const t = useTranslations("signin");
  const lang = useLocale();
  const [pending, setPending] = useState(false);
  return (
    <Button
      className="w-full"
      pending={pending}
      onClick={() => {
        setPending(true);
        signIn("cognito", { callbackUrl }, { lang }).catch(() => setPending(false));
      }}
    >
      {t("hosted")}
    </Button>
  );
}
