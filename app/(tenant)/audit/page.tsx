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
import { FilterLinks } from "../../ui/filter-links";
import { Paging } from "../../ui/paging";
import { unsteered } from "../../words/unsteered";
import { DownloadLink } from "../download-link";
import { FilterForm } from "../filter-form";
import { askedOf, listAddress } from "../list-address";
import { OfTenant } from "../of-tenant";
import { orFirstPage } from "../or-first-page";
import { PageTitle } from "../page-title";
import { AuditFilters, type Choice } from "./audit-filters";
import { AuditList } from "./audit-list";
import { byDay } from "./by-day";
import { presetsAt } from "./presets";
import { nameKey, sentenceOf } from "./sentence";
import type { ShownEntry } from "./shown-entry";
import { subjectAddress } from "./subject-address";

const ROWS = 50;

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
  const { rows, next } = await orFirstPage(first, () =>
    listAudit(tenant, { limit: ROWS, cursor, ...filters }),
  );
  const isFiltered = first !== "/audit";
  // What fits may also stand among those that were not looked through.
  const isOpen = rows.length < ROWS && next !== null;
  const none = isOpen ? (["noneSoFar", "lookFurther"] as const) : (["nothingFits", "searchLess"] as const);
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
        links={presetsAt(new Date(), filters.from).map(({ key, from, isCurrent }) => ({
          href: listAddress("/audit", { ...filters, from, to: undefined }),
          label: presetWords[key],
          isCurrent: isCurrent && filters.to === undefined,
        }))}
      />
      <FilterForm
        path="/audit"
        fields={6}
        label={t("search")}
        filters={filters}
        found={
          isOpen
            ? t("shownSoFar", { count: rows.length })
            : t("shown", { count: rows.length, more: String(next !== null) })
        }
      >
        <AuditFilters
          filters={filters}
          groups={groupsOf(ACTIONS).map((group) => ({
            name: names(nameKey(group)),
            all: [group, t("all", { group: names(nameKey(group)) })],
            actions: ACTIONS.filter((action) => action.startsWith(`${group}.`)).map(
              (action): Choice => [action, names(nameKey(action))],
            ),
          }))}
          outcomes={OUTCOMES.map((outcome): Choice => [outcome, outcomes(outcome)])}
          words={{
            action: t("action"),
            outcome: t("outcome"),
            anything: t("anything"),
            who: t("who"),
            what: t("what"),
            from: t("from"),
            to: t("to"),
          }}
        />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState title={t(isFiltered ? none[0] : "none")}>
          {t(isFiltered ? none[1] : "noneWords")}
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
