import { eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import type { FirstStep } from "../feature";
import { may } from "../roles";
import { WRITE_ITEMS } from "./permissions";
import { items } from "./tables";

/** The first item of the tenant. */
export async function firstSteps({ tenantId, role }: TenantContext): Promise<FirstStep[]> {
  if (!may(role, WRITE_ITEMS)) return [];
  const found = await readTenant(tenantId, (tx) =>
    tx.select({ id: items.id }).from(items).where(eq(items.tenantId, tenantId)).limit(1),
  );
  return [{ label: "stepItem", href: "/items?item=new", isDone: found.length > 0 }];
}
