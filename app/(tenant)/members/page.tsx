import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { lastSeenOf } from "@/lib/auth/session/session-store";
import { ListMembers, MEMBER_ORDERS, MEMBER_STATUSES } from "@/lib/members/contract";
import { invitationEnds } from "@/lib/members/invitation-end";
import { listMembers } from "@/lib/members/list-members";
import { MANAGE_MEMBERS, READ_MEMBERS } from "@/lib/members/permissions";
import { GIVEN_ROLES, may } from "@/lib/roles";
import { currentTenant } from "../../current-tenant";
import { EmptyState } from "../../ui/empty-state";
import { Paging } from "../../ui/paging";
import { FilterForm } from "../filter-form";
import { ChoiceFilter, SearchFilter } from "../filter-parts";
import { askedOf, listAddress } from "../list-address";
import { OfTenant } from "../of-tenant";
import { orFirstPage } from "../or-first-page";
import { PageTitle } from "../page-title";
import { InviteMember } from "./invite-member";
import { LookElsewhere } from "./look-elsewhere";
import { ManageMember } from "./manage-member";
import { MemberRow } from "./member-row";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("members"))("title") };
}

export default async function MembersPage({ searchParams }: PageProps<"/members">) {
  const tenant = await currentTenant();
  const t = await getTranslations("members");
  const any = (await getTranslations("filter"))("any");
  const roles = await getTranslations("roles");
  const statuses = await getTranslations("memberStatus");
  if (!may(tenant.role, READ_MEMBERS)) forbidden();
  const { cursor, ...filters } = ListMembers.omit({ limit: true })
    .catch({})
    .parse(askedOf(await searchParams));
  const first = listAddress("/members", filters);
  const { rows, next } = await orFirstPage(first, () =>
    listMembers(tenant, { limit: 50, cursor, ...filters }),
  );
  const ids = rows.map(({ id }) => id);
  const [lastSeen, ends] = await Promise.all([lastSeenOf(ids), invitationEnds(rows)]);
  const isFiltered = first !== "/members" && first !== listAddress("/members", { sort: filters.sort });
  const canManage = may(tenant.role, MANAGE_MEMBERS);
  return (
    <OfTenant words={["members", "memberRole", "memberStatus", "roles"]}>
      <PageTitle title={t("title")}>{canManage && <InviteMember />}</PageTitle>
      <FilterForm
        path="/members"
        fields={4}
        label={t("search")}
        filters={filters}
        found={t("shown", { count: rows.length, more: String(next !== null) })}
      >
        <SearchFilter label={t("email")} value={filters.q} />
        <ChoiceFilter
          {...{ name: "role", label: t("role"), value: filters.role, any }}
          among={GIVEN_ROLES}
          wordOf={(role) => roles(role)}
        />
        <ChoiceFilter
          {...{ name: "status", label: t("status"), value: filters.status, any }}
          among={MEMBER_STATUSES}
          wordOf={statuses}
        />
        <ChoiceFilter
          {...{ name: "sort", label: t("sort"), value: filters.sort, any: t("newestFirst") }}
          among={MEMBER_ORDERS}
          wordOf={(order) => t(order === "name" ? "byName" : "byLastSignIn")}
        />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState title={t(isFiltered ? "nobodyFits" : "none")}>
          {t(isFiltered ? "searchLess" : "noneWords")}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {rows.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              lastSeen={lastSeen.get(member.id)}
              invitationEnd={ends.get(member.id)}
              isSelf={member.id === tenant.principal.sub}
              isManaged={canManage && !member.is_operator}
            >
              {canManage &&
                (member.is_operator ? (
                  <span className="size-11 shrink-0" />
                ) : (
                  <ManageMember member={member} invitationEnd={ends.get(member.id)} />
                ))}
            </MemberRow>
          ))}
        </ul>
      )}
      <Paging
        newest={cursor === undefined ? null : first}
        older={next && listAddress("/members", { ...filters, cursor: next })}
      />
      {canManage && <LookElsewhere />}
    </OfTenant>
  );
}
