import { X } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { z } from "zod";
import { ListAlerts } from "@/lib/alerts/contract";
import { SEVERITIES, STATUSES } from "@/lib/alerts/kinds";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { WRITE_ALERTS } from "@/lib/alerts/permissions";
import { summariseAlerts } from "@/lib/alerts/summarise-alerts";
import { may } from "@/lib/roles";
import { currentTenant } from "../../current-tenant";
import { preferences } from "../../preferences";
import { FilterLinks } from "../../ui/filter-links";
import { Link } from "../../ui/link";
import { ClientWords } from "../../words/client-words";
import { listAddress } from "../list-address";
import { queryOf, RAISED_WITHIN } from "./alert-address";
import { AlertBoard } from "./alert-board";
import { RaiseAlert } from "./raise-alert";

const FIRST_PAGE = { limit: 50, cursor: undefined };

const AlertsAddress = ListAlerts.pick({ status: true, severity: true, source: true }).extend({
  raised: z.enum(RAISED_WITHIN).optional().catch(undefined),
});

/** Counted once per request: for the title and for the page. */
const summaryNow = cache(async () => summariseAlerts(await currentTenant(), (await preferences()).timeZone));

import { unsteered } from "../../words/unsteered";
import { OfTenant } from "../of-tenant";

export async function generateMetadata(): Promise<Metadata> {
  const { open } = await summaryNow();
  const t = await getTranslations("alerts");
  return { title: t("titleWithCount", { count: open.info + open.warning + open.critical }) };
}

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const tenant = await currentTenant();
  const t = await getTranslations("alerts");
  const asked = await searchParams;
  const { status, severity, source, raised } = AlertsAddress.catch({}).parse(asked);
  // Always in this order: the same filter has one address.
  const filter = { status, severity, source, raised };
  // Taken before reading: the stream then tells what changed during the reading.
  const since = new Date().toISOString();
  const { rows, next } = await listAlerts(tenant, { ...FIRST_PAGE, ...queryOf(filter, Date.now()) });
  const canWrite = may(tenant.role, WRITE_ALERTS);
  return (
    <OfTenant>
      <ClientWords of={["alerts", "accountNotices", "browser"]}>
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-2xl font-semibold">{t("title")}</h1>
          {canWrite && <RaiseAlert />}
        </div>
        <AlertBoard summary={await summaryNow()} {...{ filter, rows, next, since, canWrite }}>
          <div className="-mb-1 flex flex-wrap items-center gap-x-8 gap-y-1">
            <FilterLinks
              label={t("status")}
              links={[undefined, ...STATUSES].map((each) => ({
                href: listAddress("/alerts", { ...filter, status: each }),
                label: t(each ?? "all"),
                isCurrent: each === status,
              }))}
            />
            <FilterLinks
              label={t("bySeverity")}
              links={[undefined, ...SEVERITIES].map((each) => ({
                href: listAddress("/alerts", { ...filter, severity: each }),
                label: t(each ?? "anySeverity"),
                isCurrent: each === severity,
              }))}
            />
            <FilterLinks
              label={t("byAge")}
              links={[undefined, ...RAISED_WITHIN].map((each) => ({
                href: listAddress("/alerts", { ...filter, raised: each }),
                label: each === undefined ? t("anyAge") : t("raisedWithin", { count: Number(each) }),
                isCurrent: each === raised,
              }))}
            />
            {source !== undefined && (
              <p className="min-w-0 text-sm">
                <Link
                  href={listAddress("/alerts", { status, severity, raised })}
                  className="inline-flex min-h-11 max-w-full items-center gap-2 rounded-full border border-line bg-surface px-3 hover:bg-raised"
                >
                  <span className="truncate">{t("fromSource", { source: unsteered(source) })}</span>
                  <X aria-hidden="true" className="size-4 shrink-0" />
                  <span className="sr-only">{t("anySource")}</span>
                </Link>
              </p>
            )}
          </div>
        </AlertBoard>
      </ClientWords>
    </OfTenant>
  );
}
