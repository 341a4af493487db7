import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Alert, ListAlerts, STATUSES } from "@/lib/alerts/contract";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { may } from "@/lib/auth/roles";
import { currentTenant } from "../../current-tenant";
import { Badge, type Tone } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { FilterLinks } from "../../ui/filter-links";
import { Moment } from "../../ui/moment";
import { Paging } from "../../ui/paging";
import { ClientWords } from "../../words/client-words";
import { orFirstPage } from "../or-first-page";
import { AlertActions, RaiseAlert } from "./alert-actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("alerts"))("title") };
}

const SEVERITY_TONE: Record<Alert["severity"], Tone> = {
  info: "neutral",
  warning: "warning",
  critical: "danger",
};
const STATUS_TONE: Record<Alert["status"], Tone> = {
  open: "danger",
  acknowledged: "warning",
  resolved: "good",
};
const NONE = { open: "noneOpen", acknowledged: "noneAcknowledged", resolved: "noneResolved" } as const;

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const tenant = await currentTenant();
  const t = await getTranslations("alerts");
  const { cursor, status } = ListAlerts.pick({ cursor: true, status: true })
    .catch({})
    .parse(await searchParams);
  const { rows, next } = await orFirstPage(address({ status }), () =>
    listAlerts(tenant, { limit: 50, cursor, status }),
  );
  const canWrite = may(tenant.role, "alerts:write");
  return (
    <ClientWords of={["alerts"]}>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        {canWrite && <RaiseAlert />}
      </div>
      <FilterLinks
        label={t("status")}
        links={[undefined, ...STATUSES].map((each) => ({
          href: address({ status: each }),
          label: t(each ?? "all"),
          isCurrent: each === status,
        }))}
      />
      {rows.length === 0 ? (
        <EmptyState title={t(status ? NONE[status] : "none")}>{t("quiet")}</EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {rows.map((alert) => (
            <AlertRow key={alert.id} alert={alert} canWrite={canWrite} />
          ))}
        </ul>
      )}
      <Paging
        newest={cursor === undefined ? null : address({ status })}
        older={next && address({ status, cursor: next })}
      />
    </ClientWords>
  );
}

async function AlertRow({ alert, canWrite }: { alert: Alert; canWrite: boolean }) {
  const t = await getTranslations("alerts");
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={SEVERITY_TONE[alert.severity]}>{t(alert.severity)}</Badge>
          <span className="min-w-0 font-medium break-words">{alert.title}</span>
        </p>
        {alert.detail && <p className="text-sm break-words whitespace-pre-line text-muted">{alert.detail}</p>}
        <p className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-muted">
          <Badge tone={STATUS_TONE[alert.status]}>{t(alert.status)}</Badge>
          <span className="min-w-0 break-words">
            {alert.source} · <Moment iso={alert.created_at} />
          </span>
        </p>
      </div>
      {canWrite && <AlertActions alert={alert} />}
    </li>
  );
}

function address(query: { status?: string | undefined; cursor?: string }): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? "/alerts" : `/alerts?${new URLSearchParams(given)}`;
}
