import { X } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { z } from "zod";
import { personNamed } from "@/lib/alerts/assignable";
import { ListAlerts } from "@/lib/alerts/contract";
import { ME, NOBODY, STATUSES } from "@/lib/alerts/kinds";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { WRITE_ALERTS } from "@/lib/alerts/permissions";
import { summariseAlerts } from "@/lib/alerts/summarise-alerts";
import { may } from "@/lib/roles";
import { currentTenant } from "../../../current-tenant";
import { preferences } from "../../../preferences";
import { FilterLinks } from "../../../ui/filter-links";
import { Link } from "../../../ui/link";
import { unsteered } from "../../../words/unsteered";
import { OfTenant } from "../../of-tenant";
import { PageTitle } from "../../page-title";
import { alertsAddress, queryOf, RAISED_WITHIN } from "../alert-address";
import { AlertBoard } from "../alert-board";
import { AlertFilters } from "../alert-filters";
import { RaiseAlert } from "../raise-alert";

const FIRST_PAGE = { limit: 50, cursor: undefined };

const AlertsAddress = ListAlerts.pick({ status: true, severity: true, source: true, assignee: true }).extend({
  raised: z.enum(RAISED_WITHIN).optional().catch(undefined),
});

/** Counted once per request: for the title and for the page. */
const summaryNow = cache(async () => summariseAlerts(await currentTenant(), (await preferences()).timeZone));

export async function generateMetadata(): Promise<Metadata> {
  const { open } = await summaryNow();
  const t = await getTranslations("alerts");
  return { title: t("titleWithCount", { count: open.info + open.warning + open.critical }) };
}

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const tenant = await currentTenant();
  const t = await getTranslations("alerts");
  const { status, severity, source, raised, assignee } = AlertsAddress.catch({}).parse(await searchParams);
  const filter = { status, severity, source, raised, assignee };
  // Taken before reading: the stream then tells what changed during the reading.
  const since = new Date().toISOString();
  const canWrite = may(tenant.role, WRITE_ALERTS);
  const me = tenant.principal.sub;
  const isOther = assignee !== undefined && ![ME, NOBODY, me].includes(assignee);
  const [{ rows, next }, other, summary] = await Promise.all([
    listAlerts(tenant, { ...FIRST_PAGE, ...queryOf(filter, Date.now()) }),
    isOther ? personNamed(tenant, assignee) : null,
    summaryNow(),
  ]);
  const asked = { ...filter, assignee: assignee === ME ? me : assignee };
  return (
    <OfTenant words={["alerts", "accountNotices", "browser"]}>
      <PageTitle title={t("title")}>{canWrite && <RaiseAlert />}</PageTitle>
      <AlertBoard filter={asked} {...{ summary, rows, next, since, canWrite }}>
        <div className="-mb-1 flex flex-wrap items-center gap-x-8 gap-y-1">
          <FilterLinks
            label={t("status")}
            links={[undefined, ...STATUSES].map((each) => ({
              href: alertsAddress({ ...filter, status: each }),
              label: t(each ?? "all"),
              isCurrent: each === status,
            }))}
          />
          <AlertFilters {...{ filter, other, canWrite }} />
          {source !== undefined && (
            <p className="min-w-0 text-sm">
              <Link
                href={alertsAddress({ ...filter, source: undefined })}
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
    </OfTenant>
  );
}
