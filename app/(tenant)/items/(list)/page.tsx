import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { TenantContext } from "@/lib/auth/tenancy/tenant";
import { AppError } from "@/lib/errors";
import { type Item, ItemPath } from "@/lib/items/contract";
import { listAndCountItems } from "@/lib/items/list-items";
import { DELETE_ANY_ITEM, WRITE_ITEMS } from "@/lib/items/permissions";
import { readItem } from "@/lib/items/read-item";
import { may } from "@/lib/roles";
import { currentTenant } from "../../../current-tenant";
import { OfTenant } from "../../of-tenant";
import { readAddress } from "../address";
import { ItemsView } from "../items-view";
import { queryOf } from "../links";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("items"))("title") };
}

export default async function ItemsPage({ searchParams }: PageProps<"/items">) {
  // Taken before reading: the page is then told what changed during the reading.
  const since = new Date().toISOString();
  const tenant = await currentTenant();
  const { shown, item, ...asked } = readAddress(await searchParams);
  const canWrite = may(tenant.role, WRITE_ITEMS);
  const [{ total, hasMoreThanTotal, ...first }, opened] = await Promise.all([
    listAndCountItems(tenant, { limit: shown, cursor: undefined, ...queryOf(asked, Date.now()) }),
    canWrite && item && item !== "new" ? itemNamed(tenant, item) : null,
  ]);
  return (
    <OfTenant words={["items", "itemOrders"]}>
      <ItemsView
        {...{ asked, first, total, hasMoreThanTotal, opened, since }}
        rights={{ me: tenant.principal.sub, canWrite, canDeleteAny: may(tenant.role, DELETE_ANY_ITEM) }}
      />
    </OfTenant>
  );
}

/** The item that the address names; a 404 when there is none. */
async function itemNamed(tenant: TenantContext, id: string): Promise<Item> {
  if (!ItemPath.safeParse({ id }).success) notFound();
  try {
    return await readItem(tenant, id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
  }
  notFound();
}
