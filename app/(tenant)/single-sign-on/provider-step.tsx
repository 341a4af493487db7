"use client";

import { useTranslations } from "next-intl";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { isGoogle } from "@/lib/single-sign-on/issuers";
import { Notice } from "../../ui/notice";
import { useWrite } from "../../use-write";
import { WriteDialog } from "../write-dialog";
import { SaveProvider } from "./save-provider";

/** The company's provider: set, changed, made another one, removed. */
export function ProviderStep({ own }: { own: SingleSignOn }) {
  const t = useTranslations("singleSignOn");
  const { provider, is_settled, state } = own;
  const isFree = state === "off";
  return (
    <>
      {provider && <Facts provider={provider} />}
      {provider?.kind === "oidc" && isGoogle(provider.issuer) && (
        <Notice kind="info">{t("googleInternal")}</Notice>
      )}
      {provider && !is_settled && <Notice kind="error">{t("unsettled")}</Notice>}
      {provider && !isFree && <p className="text-muted">{t("offFirst")}</p>}
      <div className="flex flex-wrap gap-3">
        {(isFree || provider?.kind === "oidc") && (
          <SaveProvider own={own} kind="oidc" label={t(labelOf(provider, "oidc"))} />
        )}
        {(isFree || provider?.kind === "saml") && (
          <SaveProvider own={own} kind="saml" label={t(labelOf(provider, "saml"))} />
        )}
        {provider && isFree && <RemoveProvider own={own} />}
      </div>
    </>
  );
}

function labelOf(provider: SingleSignOn["provider"], kind: "oidc" | "saml") {
  if (provider?.kind === kind) return "change";
  return kind === "oidc" ? "byOidc" : "bySaml";
}

function Facts({ provider }: { provider: NonNullable<SingleSignOn["provider"]> }) {
  const t = useTranslations("singleSignOn");
  const facts =
    provider.kind === "oidc"
      ? [
          [t("issuer"), provider.issuer],
          [t("clientId"), provider.client_id],
          [t("clientSecret"), t(provider.has_secret ? "secretThere" : "secretNone")],
        ]
      : [[t("metadata"), provider.metadata_url ?? t("metadataGiven")]];
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:-mb-2">{name}</dt>
          <dd className="wrap-anywhere">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Asks first: whoever came in by it alone has no account any more. */
function RemoveProvider({ own }: { own: SingleSignOn }) {
  const t = useTranslations("singleSignOn");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("remove"), look: "danger" }}
      title={t("removeTitle")}
      submit={{ label: t("removeNow"), look: "danger" }}
      send={() => write("DELETE", "/api/single-sign-on", { version: own.version })}
      done={() => t("removed")}
    >
      {() => <p className="text-sm text-muted">{t("removeSure")}</p>}
    </WriteDialog>
  );
}
