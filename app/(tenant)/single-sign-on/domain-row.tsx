"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Moment } from "../../ui/moment";
import { Notice } from "../../ui/notice";
import { useToast } from "../../ui/toast";
import { useRouter } from "../../use-router";
import { useWrite } from "../../use-write";
import { WriteDialog } from "../write-dialog";
import { CopyText } from "./copy-text";

type Domain = SingleSignOn["domains"][number];
type Props = {
  domain: Domain;
  /** The last that is proved, of a single sign-on that is not off. */
  isNeeded: boolean;
};

/** A domain: what proves it as long as it is not, and since when it is. */
export function DomainRow({ domain: { domain, readable, proved_at, proved_by, record }, isNeeded }: Props) {
  const t = useTranslations("singleSignOn");
  const write = useWrite();
  const toast = useToast();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const path = `/api/single-sign-on/domains/${encodeURIComponent(domain)}`;

  async function check() {
    setPending(true);
    setRefusal(null);
    const written = await write("POST", `${path}/proof`);
    setPending(false);
    if (!written.ok) return setRefusal(written.message);
    toast({ message: t("domainProved", { domain: readable }) });
    router.refresh();
  }

  return (
    <li className="space-y-3 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 font-medium wrap-anywhere">
          <bdi>{readable}</bdi>
        </p>
        <Badge tone={proved_at ? "good" : "warning"}>{t(proved_at ? "proved" : "unproved")}</Badge>
        {!isNeeded && (
          <div className="-mr-4 ml-auto">
            <WriteDialog
              opener={{
                label: t("removeDomain"),
                look: "quiet",
                describe: t("removeDomainNamed", { domain: readable }),
              }}
              title={t("removeDomainTitle", { domain: readable })}
              submit={{ label: t("removeDomainNow"), look: "danger" }}
              send={() => write("DELETE", path)}
              done={() => t("domainRemoved", { domain: readable })}
            >
              {() => <p className="text-sm text-muted">{t("removeDomainSure")}</p>}
            </WriteDialog>
          </div>
        )}
      </div>
      {proved_at ? (
        <p className="text-xs text-muted">
          {t.rich(proved_by === "operator" ? "provedByOperator" : "provedByDns", {
            moment: () => <Moment iso={proved_at} />,
          })}
        </p>
      ) : (
        <>
          <p className="text-muted">{t("recordWords")}</p>
          <CopyText label={t("recordName")} value={record.name} />
          <CopyText label={t("recordValue")} value={record.value} />
          {refusal && <Notice kind="error">{refusal}</Notice>}
          <Button pending={pending} aria-label={t("checkNamed", { domain: readable })} onClick={check}>
            {t("check")}
          </Button>
        </>
      )}
    </li>
  );
}
