import { and, eq } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import type { TenantContext } from "../auth/tenancy/tenant";
import { members } from "../db/schema";
import { readTenant } from "../db/with-tenant";
import type { FirstStep } from "../feature";

/** Turning a second step on, as far as it is known whether it is. */
export async function firstSteps({ tenantId, principal, isForeign }: TenantContext): Promise<FirstStep[]> {
  if (isForeign || !isUuid(principal.sub)) return [];
  const whereOwn = and(eq(members.tenantId, tenantId), eq(members.sub, principal.sub));
  const [own] = await readTenant(tenantId, (tx) =>
    tx.select({ hasSecondStep: members.hasSecondStep }).from(members).where(whereOwn),
  );
  return [{ label: "stepSecondStep", href: "/account", isDone: own?.hasSecondStep === true, isOwn: true }];
}
