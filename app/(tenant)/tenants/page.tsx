import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { mayManageTenants } from "@/lib/auth/tenancy/tenant";
import { listTenants } from "@/lib/platform/list-tenants";
import { ListTenants, TENANT_STATUSES } from "@/lib/tenants/contract";
import { currentTenant } from "../../current-tenant";
import { EmptyState } from "../../ui/empty-state";
import { Paging } from "../../ui/paging";
import { FilterForm } from "../filter-form";
import { ChoiceFilter, SearchFilter } from "../filter-parts";
import { askedOf, listAddress } from "../list-address";
import { OfTenant } from "../of-tenant";
import { orFirstPage } from "../or-first-page";
import { PageTitle } from "../page-title";
import { MakeTenant } from "./make-tenant";
import { TenantRow } from "./tenant-row";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tenants"))("title") };
}

export default async function TenantsPage({ searchParams }: PageProps<"/tenants">) {
  const { principal } = await currentTenant();
  if (!mayManageTenants(principal)) forbidden();
  const t = await getTranslations("tenants");
  const any = (await getTranslations("filter"))("any");
  const statuses = await getTranslations("tenantStatus");
  const { cursor, ...filters } = ListTenants.omit({ limit: true })
    .catch({})
    .parse(askedOf(await searchParams));
  const first = listAddress("/tenants", filters);
  const { rows, next } = await orFirstPage(first, () => listTenants({ limit: 50, cursor, ...filters }));
  const isFiltered = first !== "/tenants";
  return (
    <OfTenant words={["tenants"]}>
      <PageTitle title={t("title")}>
        <MakeTenant />
      </PageTitle>
      <FilterForm
        path="/tenants"
        fields={2}
        label={t("search")}
        filters={filters}
        found={t("shown", { count: rows.length, more: String(next !== null) })}
      >
        <SearchFilter label={t("nameOrId")} value={filters.q} />
        <ChoiceFilter
          {...{ name: "status", label: t("status"), value: filters.status, any }}
          among={TENANT_STATUSES}
          wordOf={statuses}
        />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState title={t(isFiltered ? "nothingFits" : "none")}>
          {t(isFiltered ? "searchLess" : "noneWords")}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {rows.map((tenant) => (
            <TenantRow key={tenant.id} tenant={tenant} />
          ))}
        </ul>
      )}
      <Paging
        newest={cursor === undefined ? null : first}
        older={next && listAddress("/tenants", { ...filters, cursor: next })}
      />
    </OfTenant>
  );
}
