"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { objectOf, text } from "@/lib/shape";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { readJson } from "../../api-client";
import { leaveToHostedUi } from "../../signin/hosted-ui";
import { useShownAgain } from "../../signin/use-company-sign-in";
import { Button } from "../../ui/button";
import { Moment } from "../../ui/moment";
import { Notice } from "../../ui/notice";
import { useWrite } from "../../use-write";
import { errorWords } from "../../words/error-words";

const readBegun = readJson(objectOf<{ identity_provider: string }>({ identity_provider: text }));

/** A sign-in at the provider that signs nobody in: it shows that they find each other, and what the provider says. */
export function TestStep({
  own,
  outcome,
}: {
  own: SingleSignOn;
  outcome: "passed" | "other_way" | "changed" | null;
}) {
  const t = useTranslations("singleSignOn");
  const errors = useTranslations("errors");
  const lang = useLocale();
  const write = useWrite({ conflict: t("testConflict") });
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  useShownAgain(() => setPending(false));
  const isReady = own.provider !== null && own.is_settled;

  async function begin() {
    setPending(true);
    setRefusal(null);
    const begun = await write("POST", "/api/single-sign-on/test", { read: readBegun });
    const refused = begun.ok
      ? errorWords(errors, await leaveToHostedUi({ ...begun.answer, lang }, "/single-sign-on"))
      : begun.message;
    setPending(false);
    setRefusal(refused);
  }

  return (
    <>
      {refusal ? (
        <Notice kind="error">{refusal}</Notice>
      ) : (
        outcome && <Notice kind={outcome === "passed" ? "info" : "error"}>{t(outcome)}</Notice>
      )}
      {own.tested_at && (
        <p className="wrap-anywhere text-muted">
          {t.rich("testedAt", {
            moment: () => <Moment iso={own.tested_at ?? ""} />,
            who: () => <bdi className="text-ink">{own.tested_as?.email ?? own.tested_as?.subject}</bdi>,
          })}
        </p>
      )}
      {own.tested_as && own.tested_as.email === null && <Notice kind="error">{t("noAddress")}</Notice>}
      {isReady ? (
        <Button pending={pending} onClick={begin}>
          {t("test")}
        </Button>
      ) : (
        <p className="text-muted">{t("providerFirst")}</p>
      )}
    </>
  );
}
