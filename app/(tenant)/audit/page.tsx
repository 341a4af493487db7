import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { type AuditEvent, groupsOf, OUTCOMES } from "@/lib/audit/contract";
import { listAudit } from "@/lib/audit/list-audit";
import { READ_AUDIT } from "@/lib/audit/permissions";
import { ACTIONS, ListAudit } from "@/lib/features";
import { may } from "@/lib/roles";
import { currentTenant } from "../../current-tenant";
import { EmptyState } from "../../ui/empty-state";
import { Field, Select } from "../../ui/field";
import { FilterLinks } from "../../ui/filter-links";
import { Paging } from "../../ui/paging";
import { unsteered } from "../../words/unsteered";
import { DownloadLink } from "../download-link";
import { FilterForm } from "../filter-form";
import { ChoiceFilter } from "../filter-parts";
import { askedOf, listAddress } from "../list-address";
import { OfTenant } from "../of-tenant";
import { orFirstPage } from "../or-first-page";
import { PageTitle } from "../page-title";
import { AuditList } from "./audit-list";
import { byDay } from "./by-day";
import { presetsAt } from "./presets";
import { nameKey, sentenceOf } from "./sentence";
import type { ShownEntry } from "./shown-entry";
import { subjectAddress } from "./subject-address";

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
  const roles = await getTranslations("roles");
  const sentences = await getTranslations("auditSentences");
  const words = { audit: t, sentences, roles, browser: await getTranslations("browser") };
  const days = byDay(rows, (at) =>
    format.dateTime(at, { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  );

  function shown(event: AuditEvent): ShownEntry {
    const { actor, subject, address, outcome } = event;
    // A name is what its owner says: the address beside it was verified.
    const addresses = [actor?.display_name && actor.name, subject?.display_name && subject.label];
    const asWhom = actor?.role && t("as", { role: roles(actor.role) });
    const from = address !== null && address !== "unknown" && t("fromAddress", { address });
    return {
      event,
      sentence: sentenceOf(event, words),
      time: format.dateTime(new Date(event.created_at), { timeStyle: "short", hourCycle: "h23" }),
      aside: [...addresses, asWhom, from].flatMap((each) => (each ? unsteered(each) : [])).join(" · "),
      mark: outcome === "done" ? null : outcomes(outcome),
      href: subjectAddress(event, tenant),
    };
  }

  const presetWords = { lastHour: t("lastHour"), today: t("today"), lastDays: t("lastDays") };
  const entryWords = {
    details: t("details"),
    when: t("when"),
    action: t("action"),
    outcome: t("outcome"),
    who: t("who"),
    role: t("role"),
    what: t("what"),
    from: t("address"),
    entry: t("entry"),
    close: (await getTranslations("ui"))("dismiss"),
    onlyActor: t("onlyActor"),
  };
  return (
    <OfTenant>
      <PageTitle title={t("title")}>
        <DownloadLink href={listAddress("/api/audit/export", filters)} label={t("export")} />
      </PageTitle>
      <FilterLinks
        label={t("presets")}
        links={presetsAt(new Date()).map(({ key, from }) => ({
          href: listAddress("/audit", { ...filters, from, to: undefined }),
          label: presetWords[key],
          isCurrent: filters.from === from && filters.to === undefined,
        }))}
      />
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
        <ChoiceFilter
          {...{ name: "outcome", label: t("outcome"), value: filters.outcome, any: t("anything") }}
          among={OUTCOMES}
          wordOf={outcomes}
        />
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
        <AuditList
          days={[...days].map(([day, events]) => ({ day, entries: events.map(shown) }))}
          words={entryWords}
        />
      )}
      <Paging
        newest={cursor === undefined ? null : first}
        older={next && listAddress("/audit", { ...filters, cursor: next })}
      />
    </OfTenant>
  );
}
