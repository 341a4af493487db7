import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { may } from "@/lib/auth/roles";
import type { TenantContext } from "@/lib/auth/tenant";
import { type Item, ListItems } from "@/lib/items/contract";
import { listItems } from "@/lib/items/list-items";
import { currentTenant } from "../../current-tenant";
import { EmptyState } from "../../ui/empty-state";
import { Moment } from "../../ui/moment";
import { Paging } from "../../ui/paging";
import { ClientWords } from "../../words/client-words";
import { orFirstPage } from "../or-first-page";
import { DeleteItem, EditItem, NewItem } from "./item-dialogs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("items"))("title") };
}

export default async function ItemsPage({ searchParams }: PageProps<"/items">) {
  const tenant = await currentTenant();
  const t = await getTranslations("items");
  const { cursor } = ListItems.pick({ cursor: true })
    .catch({})
    .parse(await searchParams);
  const { rows, next } = await orFirstPage("/items", () => listItems(tenant, { limit: 50, cursor }));
  const canWrite = may(tenant.role, "items:write");
  return (
    <ClientWords of={["items"]}>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        {canWrite && <NewItem />}
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t("none")}>{canWrite ? t("addFirst") : t("nobodyAdded")}</EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {rows.map((item) => (
            <ItemRow key={`${item.id}-${item.version}`} item={item} tenant={tenant} />
          ))}
        </ul>
      )}
      <Paging
        newest={cursor === undefined ? null : "/items"}
        older={next && `/items?${new URLSearchParams({ cursor: next })}`}
      />
    </ClientWords>
  );
}

async function ItemRow({ item, tenant }: { item: Item; tenant: TenantContext }) {
  const t = await getTranslations("items");
  const isOwn = item.owner_sub === tenant.principal.sub;
  const canWrite = may(tenant.role, "items:write");
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{item.name}</p>
        {item.description && (
          <p className="text-sm break-words whitespace-pre-line text-muted">{item.description}</p>
        )}
        <p className="mt-1 text-xs text-muted">
          {isOwn ? t("yours") : t("colleagues")} · <Moment iso={item.created_at} />
        </p>
      </div>
      {canWrite && (
        <div className="flex max-sm:-ml-4 sm:-mr-4">
          <EditItem item={item} />
          {(isOwn || may(tenant.role, "items:delete-any")) && <DeleteItem item={item} />}
        </div>
      )}
    </li>
  );
}
