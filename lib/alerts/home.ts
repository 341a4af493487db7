import type { TenantContext } from "../auth/tenancy/tenant";
import type { HomePart } from "../feature";
import { alertsToAttend } from "./attention";

/** What is critical and open. */
export async function homeParts(tenant: TenantContext, most: number): Promise<HomePart[]> {
  const { criticals, newest } = await alertsToAttend(tenant, most);
  return [
    {
      kind: "attention",
      title: "criticals",
      count: criticals,
      isUrgent: criticals > 0,
      more: { href: "/alerts?status=open", label: "allAlerts" },
      none: "noCriticals",
      lines: newest.map(({ id, title, created_at }) => ({
        id,
        text: title,
        href: `/alerts/${id}`,
        at: created_at,
      })),
    },
  ];
}
