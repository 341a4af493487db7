import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { AUDIT_GROUPS, type AuditEvent, ListAudit } from "@/lib/audit/contract";
import { listAudit } from "@/lib/audit/list-audit";
import { AUDIT_ACTIONS } from "@/lib/auth/audit";
import { may } from "@/lib/auth/roles";
import { currentTenant } from "../../current-tenant";
import { Badge } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { Field, Select } from "../../ui/field";
import { Moment } from "../../ui/moment";
import { Paging } from "../../ui/paging";
import { FilterForm } from "../filter-form";
import { askedOf, listAddress } from "../list-address";
import { orFirstPage } from "../or-first-page";
import { nameKey, sentenceOf } from "./sentence";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const tenant = await currentTenant();
  const t = await getTranslations("audit");
  const names = await getTranslations("auditNames");
  if (!may(tenant.role, "audit:read")) forbidden();
  const { cursor, ...filters } = ListAudit.omit({ limit: true })
    .catch({})
    .parse(askedOf(await searchParams));
  const first = listAddress("/audit", filters);
  const { rows, next } = await orFirstPage(first, () => listAudit(tenant, { limit: 50, cursor, ...filters }));
  const isFiltered = first !== "/audit";
  return (
    <>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <FilterForm path="/audit" label={t("search")} isFiltered={isFiltered}>
        <div className="min-w-0 max-sm:col-span-2 sm:flex-1 sm:basis-32">
          <Select label={t("action")} name="action" defaultValue={filters.action ?? ""}>
            <option value="">{t("anything")}</option>
            {AUDIT_GROUPS.map((group) => (
              <optgroup key={group} label={names(nameKey(group))}>
                <option value={group}>{t("all", { group: names(nameKey(group)) })}</option>
                {AUDIT_ACTIONS.filter((action) => action.startsWith(`${group}.`)).map((action) => (
                  <option key={action} value={action}>
                    {names(nameKey(action))}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </div>
        <div className="min-w-0 sm:flex-1 sm:basis-32">
          <Field label={t("who")} name="actor" type="search" defaultValue={filters.actor} maxLength={128} />
        </div>
        <div className="min-w-0 sm:flex-1 sm:basis-32">
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
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {rows.map((event) => (
            <Event key={event.id} event={event} />
          ))}
        </ul>
      )}
      <Paging
        newest={cursor === undefined ? null : first}
        older={next && listAddress("/audit", { ...filters, cursor: next })}
      />
    </>
  );
}

function Event({ event }: { event: AuditEvent }) {
  const audit = useTranslations("audit");
  const sentences = useTranslations("auditSentences");
  const roles = useTranslations("roles");
  const browser = useTranslations("browser");
  const { address, outcome, actor } = event;
  return (
    <li className="px-4 py-3 sm:px-5">
      <p className="break-words">{sentenceOf(event, { audit, sentences, roles, browser })}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        {outcome === "refused" && <Badge tone="danger">{audit("refused")}</Badge>}
        <Moment iso={event.created_at} />
        {actor?.role && <span>· {audit("as", { role: roles(actor.role) })}</span>}
        {address !== null && address !== "unknown" && <span>· {audit("fromAddress", { address })}</span>}
      </p>
    </li>
  );
}
