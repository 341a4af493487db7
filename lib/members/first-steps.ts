import { eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { members } from "../db/schema";
import { readTenant } from "../db/with-tenant";
import type { FirstStep } from "../feature";
import { may } from "../roles";
import { MANAGE_MEMBERS } from "./permissions";

/** Somebody besides whoever came first. */
export async function firstSteps({ tenantId, role }: TenantContext): Promise<FirstStep[]> {
  if (!may(role, MANAGE_MEMBERS)) return [];
  const found = await readTenant(tenantId, (tx) =>
    tx.select({ sub: members.sub }).from(members).where(eq(members.tenantId, tenantId)).limit(2),
  );
  return [{ label: "stepInvite", href: "/members?begin=invite", isDone: found.length > 1 }];
}
