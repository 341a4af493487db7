"use client";

import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";

/** @param next where to go then: `/signin`, or Cognito's own sign-out for somebody who came in there. */
export function SignOut({ next }: { next: string }) {
  const t = useTranslations("nav");
  const [pending, setPending] = useState(false);

  async function leave() {
    setPending(true);
    try {
      await signOut({ redirect: false });
      window.location.assign(next);
    } catch (error) {
      // fetch throws a TypeError when no answer came: then one is still signed in and may try again.
      if (!(error instanceof TypeError)) throw error;
      setPending(false);
    }
  }

  return (
    <Button look="quiet" pending={pending} onClick={leave}>
      {t("signOut")}
    </Button>
  );
}
