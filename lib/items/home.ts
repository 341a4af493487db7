import type { TenantContext } from "../auth/tenancy/tenant";
import type { HomePart } from "../feature";
import { recentItems } from "./recent-items";

/** The items that were added or changed last. */
export async function homeParts(tenant: TenantContext, most: number): Promise<HomePart[]> {
  const items = await recentItems(tenant, most);
  const lines = items.map(({ id, name, version, updated_at }) => ({
    id,
    text: name,
    href: `/items?item=${id}`,
    note: version === 1 ? "added" : "changed",
    at: updated_at,
  }));
  return [
    {
      kind: "work",
      title: "recent",
      count: lines.length,
      more: { href: "/items", label: "allItems" },
      none: "noItems",
      lines,
    },
  ];
}
