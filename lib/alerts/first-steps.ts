import { and, eq, isNull } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import type { FirstStep } from "../feature";
import { may } from "../roles";
import { WRITE_ALERTS } from "./permissions";
import { alerts } from "./tables";

/** The first alert of the tenant that somebody raised. */
export async function firstSteps({ tenantId, role }: TenantContext): Promise<FirstStep[]> {
  if (!may(role, WRITE_ALERTS)) return [];
  const whereRaised = and(eq(alerts.tenantId, tenantId), isNull(alerts.notice));
  const found = await readTenant(tenantId, (tx) =>
    tx.select({ id: alerts.id }).from(alerts).where(whereRaised).limit(1),
  );
  return [{ label: "stepAlert", href: "/alerts?begin=raise", isDone: found.length > 0 }];
}
