"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SingleSignOn } from "@/lib/single-sign-on/contract";
import { isGoogle } from "@/lib/single-sign-on/issuers";
import { Field } from "../../ui/field";
import { PasswordField } from "../../ui/password-field";
import { useWrite, type Written } from "../../use-write";
import { WriteDialog } from "../write-dialog";
import { CopyText } from "./copy-text";

type Props = { own: SingleSignOn; kind: "oidc" | "saml"; label: string; look?: "primary" | "plain" };

/** Tells the application of the company's provider; and the company what the provider has to be told. */
export function SaveProvider({ own, kind, label, look = "plain" }: Props) {
  const t = useTranslations("singleSignOn");
  const write = useWrite({ conflict: t("providerConflict") });
  const { provider } = own;
  const isOther = provider !== null && provider.kind !== kind;

  async function send(form: FormData): Promise<Written> {
    const body = kind === "oidc" ? oidcOf(form) : await samlOf(form);
    if (body) return write("PUT", "/api/single-sign-on/provider", { body, version: own.version });
    const message = t("noMetadata");
    return { ok: false, code: "invalid_request", message, fields: { metadata_url: message } };
  }

  return (
    <WriteDialog
      opener={{ label, look }}
      title={t(kind === "oidc" ? "oidcTitle" : "samlTitle")}
      submit={{ label: t("save") }}
      send={send}
      done={() => t("saved")}
    >
      {(faults) => (
        <>
          {isOther && <p className="text-sm text-danger">{t("otherProvider")}</p>}
          {kind === "oidc" ? (
            <OidcFields provider={provider} redirectUri={own.redirect_uri ?? ""} faults={faults} />
          ) : (
            <SamlFields own={own} faults={faults} />
          )}
        </>
      )}
    </WriteDialog>
  );
}

type Faults = Record<string, string>;
const plain = { autoCapitalize: "none", autoComplete: "off", spellCheck: false };

function OidcFields({
  provider,
  redirectUri,
  faults,
}: {
  provider: SingleSignOn["provider"];
  redirectUri: string;
  faults: Faults;
}) {
  const t = useTranslations("singleSignOn");
  const before = provider?.kind === "oidc" ? provider : null;
  const [issuer, setIssuer] = useState(before?.issuer ?? "");
  return (
    <>
      <p className="text-sm text-muted">{t("oidcWords")}</p>
      <CopyText label={t("redirectUri")} value={redirectUri} />
      <Field
        label={t("issuer")}
        name="issuer"
        type="url"
        defaultValue={before?.issuer}
        onChange={({ target }) => setIssuer(target.value.trim())}
        hint={isGoogle(issuer) ? t("googleInternal") : undefined}
        maxLength={1024}
        error={faults.issuer}
        autoFocus
        {...plain}
      />
      <Field
        label={t("clientId")}
        name="client_id"
        defaultValue={before?.client_id}
        maxLength={256}
        error={faults.client_id}
        {...plain}
      />
      <PasswordField
        label={t("clientSecret")}
        name="client_secret"
        hint={t(before?.has_secret ? "secretKept" : "secretHint")}
        maxLength={1024}
        error={faults.client_secret}
        autoComplete="new-password"
      />
      <Field
        label={t("scopes")}
        name="scopes"
        defaultValue={before?.scopes ?? "openid email profile"}
        maxLength={512}
        error={faults.scopes}
        {...plain}
      />
      <label className="flex items-start gap-3 text-sm">
        <input
          type="checkbox"
          name="says_verified"
          defaultChecked={before?.says_verified ?? true}
          className="mt-0.5 size-5 shrink-0 accent-accent"
        />
        <span>
          {t("saysVerified")}
          <span className="block text-muted">{t("saysVerifiedHint")}</span>
          {faults.says_verified && <span className="block text-danger">{faults.says_verified}</span>}
        </span>
      </label>
    </>
  );
}

function oidcOf(form: FormData): object {
  const typed = (name: string) => String(form.get(name)).trim();
  const secret = typed("client_secret");
  return {
    kind: "oidc",
    issuer: typed("issuer"),
    client_id: typed("client_id"),
    scopes: typed("scopes"),
    says_verified: form.has("says_verified"),
    ...(secret !== "" && { client_secret: secret }),
  };
}

function SamlFields({ own: { provider, saml }, faults }: { own: SingleSignOn; faults: Faults }) {
  const t = useTranslations("singleSignOn");
  const before = provider?.kind === "saml" ? provider.metadata_url : null;
  return (
    <>
      <p className="text-sm text-muted">{t("samlWords")}</p>
      <CopyText label={t("acsUrl")} value={saml?.acs_url ?? ""} />
      <CopyText label={t("entityId")} value={saml?.entity_id ?? ""} />
      <Field
        label={t("metadataUrl")}
        name="metadata_url"
        type="url"
        defaultValue={before ?? ""}
        maxLength={1024}
        error={faults.metadata_url}
        autoFocus
        {...plain}
      />
      <Field
        label={t("metadataFile")}
        name="metadata"
        type="file"
        accept=".xml,text/xml,application/xml,application/samlmetadata+xml"
        hint={t("metadataHint")}
        error={faults.metadata}
        className="file:mr-3 file:rounded-md file:border-0 file:bg-raised file:px-3 file:py-1.5 file:text-sm file:text-ink"
      />
    </>
  );
}

/** By their text where a file was chosen, else by their address; null for neither. */
async function samlOf(form: FormData): Promise<object | null> {
  const file = form.get("metadata");
  if (file instanceof File && file.size > 0) return { kind: "saml", metadata: await file.text() };
  const address = String(form.get("metadata_url")).trim();
  return address === "" ? null : { kind: "saml", metadata_url: address };
}
