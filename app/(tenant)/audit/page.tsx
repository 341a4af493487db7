import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { groupsOf, OUTCOMES } from "@/lib/audit/contract";
import { listAudit } from "@/lib/audit/list-audit";
import { READ_AUDIT } from "@/lib/audit/permissions";
import { ACTIONS, ListAudit } from "@/lib/features";
import { may } from "@/lib/roles";
import { currentTenant } from "../../current-tenant";
import { EmptyState } from "../../ui/empty-state";
import { Field, Select } from "../../ui/field";
import { Paging } from "../../ui/paging";
import { FilterForm } from "../filter-form";
import { askedOf, listAddress } from "../list-address";
import { OfTenant } from "../of-tenant";
import { orFirstPage } from "../or-first-page";
import { AuditEntry } from "./audit-entry";
import { byDay } from "./by-day";
import { nameKey } from "./sentence";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const tenant = await currentTenant();
  const t = await getTranslations("audit");
  const names = await getTranslations("auditNames");
  const outcomes = await getTranslations("auditOutcome");
  if (!may(tenant.role, READ_AUDIT)) forbidden();
  const { cursor, ...filters } = ListAudit.omit({ limit: true })
    .catch({})
    .parse(askedOf(await searchParams));
  const first = listAddress("/audit", filters);
  const { rows, next } = await orFirstPage(first, () => listAudit(tenant, { limit: 50, cursor, ...filters }));
  const isFiltered = first !== "/audit";
  const format = await getFormatter();
  const days = byDay(rows, (at) =>
    format.dateTime(at, { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  );
  return (
    <OfTenant>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <FilterForm
        path="/audit"
        label={t("search")}
        filters={filters}
        found={t("shown", { count: rows.length, more: String(next !== null) })}
      >
        <div className="min-w-0 lg:flex-1 lg:basis-32">
          <Select label={t("action")} name="action" defaultValue={filters.action ?? ""}>
            <option value="">{t("anything")}</option>
            {groupsOf(ACTIONS).map((group) => (
              <optgroup key={group} label={names(nameKey(group))}>
                <option value={group}>{t("all", { group: names(nameKey(group)) })}</option>
                {ACTIONS.filter((action) => action.startsWith(`${group}.`)).map((action) => (
                  <option key={action} value={action}>
                    {names(nameKey(action))}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </div>
        <Select label={t("outcome")} name="outcome" defaultValue={filters.outcome ?? ""}>
          <option value="">{t("anything")}</option>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {outcomes(outcome)}
            </option>
          ))}
        </Select>
        <div className="min-w-0 lg:flex-1 lg:basis-32">
          <Field label={t("who")} name="actor" type="search" defaultValue={filters.actor} maxLength={128} />
        </div>
        <div className="min-w-0 lg:flex-1 lg:basis-32">
          <Field
            label={t("what")}
            name="subject"
            type="search"
            defaultValue={filters.subject}
            maxLength={200}
          />
        </div>
        <Field label={t("from")} name="from" type="date" defaultValue={filters.from?.slice(0, 10)} />
        <Field label={t("to")} name="to" type="date" defaultValue={filters.to?.slice(0, 10)} />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState title={t(isFiltered ? "nothingFits" : "none")}>
          {t(isFiltered ? "searchLess" : "noneWords")}
        </EmptyState>
      ) : (
        [...days].map(([day, events]) => (
          <section key={day} aria-label={day} className="space-y-2">
            <h2 className="text-sm font-semibold">{day}</h2>
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
              {events.map((event) => (
                <AuditEntry key={event.id} event={event} />
              ))}
            </ul>
          </section>
        ))
      )}
      <Paging
        newest={cursor === undefined ? null : first}
        older={next && listAddress("/audit", { ...filters, cursor: next })}
      />
    </OfTenant>
  );
}
