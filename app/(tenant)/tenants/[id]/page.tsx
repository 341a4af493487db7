import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache, type ReactNode } from "react";
import { mayActElsewhere, mayManageTenants, tenantOfUser } from "@/lib/auth/tenancy/tenant";
import { AppError } from "@/lib/errors";
import { readTenant } from "@/lib/platform/list-tenants";
import { type Tenant, TenantPath } from "@/lib/tenants/contract";
import { currentTenant } from "../../../current-tenant";
import { Moment } from "../../../ui/moment";
import { Notice } from "../../../ui/notice";
import { OfTenant } from "../../of-tenant";
import { RowTitle } from "../../row-title";
import { TenantBadge } from "../tenant-badge";
import { TenantActions } from "./tenant-actions";

/** Read once for the title and the page, and only for operators: nobody else learns which tenants there are. */
const shownTenant = cache(async (given: string): Promise<Tenant> => {
  const { principal } = await currentTenant();
  if (!mayManageTenants(principal)) forbidden();
  const path = TenantPath.safeParse({ id: given });
  if (!path.success) notFound();
  return readTenant(path.data.id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
});

export async function generateMetadata({ params }: PageProps<"/tenants/[id]">): Promise<Metadata> {
  return { title: (await shownTenant((await params).id)).name };
}

export default async function TenantPage({ params }: PageProps<"/tenants/[id]">) {
  const tenant = await shownTenant((await params).id);
  const { principal } = await currentTenant();
  const t = await getTranslations("tenants");
  const { id, name, status, members, created_at, suspended_at, deletion } = tenant;
  const isOwn = (await tenantOfUser(principal)) === id;
  return (
    <OfTenant words={["tenants"]}>
      <RowTitle
        list={{ href: "/tenants", label: t("back") }}
        name={name}
        badges={<TenantBadge status={status} />}
      />
      {deletion && (
        <Notice kind="info">
          {t("deletingWords", { users: deletion.users, rows: deletion.rows })}
          {deletion.trouble && ` ${t("deletingTrouble", { code: deletion.trouble })}`}
        </Notice>
      )}
      <dl
        aria-label={t("facts")}
        className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-xl border border-line bg-surface p-4 text-sm sm:grid-cols-4 sm:p-5"
      >
        <Fact label={t("id")}>
          <code className="wrap-anywhere">{id}</code>
        </Fact>
        <Fact label={t("membersLabel")}>{members}</Fact>
        <Fact label={t("madeLabel")}>
          <Moment iso={created_at} />
        </Fact>
        {suspended_at && (
          <Fact label={t("suspendedLabel")}>
            <Moment iso={suspended_at} />
          </Fact>
        )}
      </dl>
      <TenantActions tenant={tenant} isOwn={isOwn} mayExport={mayActElsewhere(principal)} />
    </OfTenant>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-1 tabular-nums">{children}</dd>
    </div>
  );
}
