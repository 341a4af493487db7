import type { Metadata } from "next";
import Link from "next/link";
import { type Alert, ListAlerts, STATUSES } from "@/lib/alerts/contract";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { may } from "@/lib/auth/roles";
import { currentTenant } from "../../current-tenant";
import { Badge, type Tone } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { Moment } from "../../ui/moment";
import { Paging } from "../../ui/paging";
import { orFirstPage } from "../or-first-page";
import { AlertActions, RaiseAlert } from "./alert-actions";

export const metadata: Metadata = { title: "Alerts" };

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

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const tenant = await currentTenant();
  const { cursor, status } = ListAlerts.pick({ cursor: true, status: true })
    .catch({})
    .parse(await searchParams);
  const { rows, next } = await orFirstPage(address({ status }), () =>
    listAlerts(tenant, { limit: 50, cursor, status }),
  );
  const canWrite = may(tenant.role, "alerts:write");
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold">Alerts</h1>
        {canWrite && <RaiseAlert />}
      </div>
      <nav aria-label="Status" className="flex flex-wrap gap-1 text-sm">
        {[undefined, ...STATUSES].map((each) => (
          <Link
            key={each ?? "all"}
            href={address({ status: each })}
            aria-current={each === status ? "page" : undefined}
            className="inline-flex min-h-11 items-center rounded-lg px-3 text-muted capitalize hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {each ?? "all"}
          </Link>
        ))}
      </nav>
      {rows.length === 0 ? (
        <EmptyState title={status ? `No ${status} alerts` : "No alerts"}>All quiet.</EmptyState>
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
    </>
  );
}

function AlertRow({ alert, canWrite }: { alert: Alert; canWrite: boolean }) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={SEVERITY_TONE[alert.severity]}>{alert.severity}</Badge>
          <span className="min-w-0 font-medium break-words">{alert.title}</span>
        </p>
        {alert.detail && <p className="text-sm break-words whitespace-pre-line text-muted">{alert.detail}</p>}
        <p className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-muted">
          <Badge tone={STATUS_TONE[alert.status]}>{alert.status}</Badge>
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
