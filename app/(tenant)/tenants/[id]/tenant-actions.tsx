"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Tenant } from "@/lib/tenants/contract";
import { DownloadLink } from "../../download-link";
import { AllowPasswords } from "./allow-passwords";
import { DeleteTenant } from "./delete-tenant";
import { InviteAdministrator } from "./invite-administrator";
import { ProveDomain } from "./prove-domain";
import { RenameTenant } from "./rename-tenant";
import { ResumeTenant, SuspendTenant } from "./suspend-tenant";

type Props = {
  tenant: Tenant;
  /** The operator is at home in it. */
  isOwn: boolean;
  /** Whether operators see tenants' data here. */
  mayExport: boolean;
};

/** What can be done to a tenant now; what takes access or data away stands apart. */
export function TenantActions({ tenant, isOwn, mayExport }: Props) {
  const t = useTranslations("tenants");
  const isKept = tenant.status !== "deleting";
  return (
    <>
      {isKept && (
        <ul
          aria-label={t("actions")}
          className="divide-y divide-line rounded-xl border border-line bg-surface"
        >
          <Action words={t("renameWords")}>
            <RenameTenant tenant={tenant} />
          </Action>
          <Action words={t("inviteWords")}>
            <InviteAdministrator id={tenant.id} />
          </Action>
          <Action words={t("domainWords")}>
            <ProveDomain id={tenant.id} />
          </Action>
          {tenant.single_sign_on === "required" && (
            <Action words={t("passwordsWords")}>
              <AllowPasswords tenant={tenant} />
            </Action>
          )}
          <Action words={t(mayExport ? "exportWords" : "exportStrict")}>
            {mayExport && (
              <DownloadLink
                href={`/api/tenants/${tenant.id}/export`}
                label={t("export")}
                done={t("exported")}
                hasLabel
              />
            )}
          </Action>
        </ul>
      )}
      {isOwn ? (
        <p className="text-sm text-muted">{t("own")}</p>
      ) : (
        <ul
          aria-label={t("danger")}
          className="divide-y divide-danger/25 rounded-xl border border-danger/40 bg-surface"
        >
          {isKept && (
            <Action words={t(tenant.status === "suspended" ? "resumeWords" : "suspendWords")}>
              {tenant.status === "suspended" ? (
                <ResumeTenant tenant={tenant} />
              ) : (
                <SuspendTenant tenant={tenant} />
              )}
            </Action>
          )}
          <Action words={t(isKept ? "deleteWords" : "deleteAgain")}>
            <DeleteTenant tenant={tenant} />
          </Action>
        </ul>
      )}
    </>
  );
}

function Action({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 p-3 sm:px-5">
      <p className="min-w-0 flex-1 basis-56 text-sm text-muted">{words}</p>
      {children}
    </li>
  );
}
