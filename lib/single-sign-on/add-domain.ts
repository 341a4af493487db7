import { recordAudit } from "../audit/record";
import { readableDomain } from "../auth/single-sign-on/readable-domain";
import type { TenantContext } from "../auth/tenancy/tenant";
import type { Expected } from "../db/expected-version";
import { signInDomains } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import type { SingleSignOn } from "./contract";
import { newToken } from "./proof";
import { shownIn } from "./read-single-sign-on";
import { changeRow, findDomains } from "./rows";

/** Cognito takes 50 identifiers of a provider. */
const MOST = 20;

/**
 * Names a domain of the tenant, which counts for nothing yet. Whether another tenant has proved it is not told: only
 * who can prove it learns that.
 *
 * @throws AppError `conflict` where there are too many, `precondition_failed`.
 */
export function addDomain(tenant: TenantContext, domain: string, expected: Expected): Promise<SingleSignOn> {
  const { tenantId } = tenant;
  return withTenant(tenantId, async (tx) => {
    // The row is locked by it: two who add at once do not pass the bound.
    await changeRow(tx, tenantId, {}, expected);
    const there = await findDomains(tx, tenantId);
    if (there.some((each) => each.domain === domain)) return shownIn(tx, tenantId);
    if (there.length >= MOST) {
      throw new AppError("conflict", { detail: `A tenant has ${MOST} domains at the most.` });
    }
    const row = { tenantId, domain, token: newToken(), createdAt: new Date() };
    await tx.insert(signInDomains).values(row);
    const subject = { id: domain, label: readableDomain(domain) };
    await recordAudit(tx, tenant, { action: "single_sign_on.domain_added", subject });
    return shownIn(tx, tenantId);
  });
}
