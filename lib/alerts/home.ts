import type { TenantContext } from "../auth/tenancy/tenant";
import type { HomeActs, HomePart } from "../feature";
import { may } from "../roles";
import { alertsToAttend } from "./attention";
import { WRITE_ALERTS } from "./permissions";

/** What is critical and open. */
export async function homeParts(tenant: TenantContext, most: number): Promise<HomePart[]> {
  const { criticals, newest } = await alertsToAttend(tenant, most);
  const canWrite = may(tenant.role, WRITE_ALERTS);
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
        ...(canWrite && { acts: actsOf(id) }),
      })),
    },
  ];
}

/** As in the list of alerts: one that was resolved can be opened again, one that was acknowledged goes on. */
function actsOf(id: string): HomeActs {
  return {
    address: `/api/alerts/${id}`,
    overtaken: "alertMoved",
    each: [
      {
        label: "acknowledge",
        named: "acknowledgeNamed",
        done: "alertAcknowledged",
        body: { status: "acknowledged" },
      },
      {
        label: "resolve",
        named: "resolveNamed",
        done: "alertResolved",
        body: { status: "resolved" },
        undo: { label: "reopen", done: "alertReopened", body: { status: "open" } },
      },
    ],
  };
}
