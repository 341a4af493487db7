"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { errorWords } from "../words/error-words";
import { leaveToHostedUi } from "./hosted-ui";
import { useShownAgain } from "./use-company-sign-in";

type Props = {
  callbackUrl: string;
  /** Companies come in by the form: this is the way to Cognito's own accounts alone, without a list of those companies. */
  isOwnOnly: boolean;
};

/** To Cognito's own sign-in pages, in the language of this one, and back. */
export function HostedSignIn({ callbackUrl, isOwnOnly }: Props) {
  const t = useTranslations("signin");
  const errors = useTranslations("errors");
  const lang = useLocale();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  useShownAgain(() => setPending(false));

  async function leave() {
    setPending(true);
    setRefusal(null);
    const refused = await leaveToHostedUi(
      { lang, ...(isOwnOnly && { identity_provider: "COGNITO" }) },
      callbackUrl,
    );
    setPending(false);
    setRefusal(errorWords(errors, refused));
  }

  return (
    <>
      {refusal && <Notice kind="error">{refusal}</Notice>}
      <Button className="w-full" pending={pending} onClick={leave}>
        {t(isOwnOnly ? "hostedOwn" : "hosted")}
      </Button>
    </>
  );
}
