import { and, count, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import { readableDomain } from "../auth/single-sign-on/readable-domain";
import type { TenantContext } from "../auth/tenancy/tenant";
import { withDatabase } from "../db/client";
import type { Expected } from "../db/expected-version";
import { acceptedUsers, provedDomains, signInDomains } from "../db/schema";
import { becomeTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { tellCognito } from "./prove-domain";
import { changeRow, provedDomainsOf } from "./rows";

/**
 * Removes a domain: whoever came or comes with an address of it is served no more, from the next request on (requireWayIn),
 * and another tenant may prove it.
 *
 * @throws AppError `not_found`; `conflict` for the last that counts while single sign-on is not off;
 *   `precondition_failed`, `cognito_unavailable`: then it counts for nothing here already.
 */
export async function removeDomain(tenant: TenantContext, domain: string, expected: Expected): Promise<void> {
  const { tenantId } = tenant;
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const whereTheirs = and(
        eq(acceptedUsers.tenant, tenantId),
        eq(sql`split_part(${acceptedUsers.email}, '@', 2)`, domain),
      );
      const [came] = await tx.select({ users: count() }).from(acceptedUsers).where(whereTheirs);
      await tx
        .delete(provedDomains)
        .where(and(eq(provedDomains.domain, domain), eq(provedDomains.tenant, tenantId)));
      await becomeTenant(tx, tenantId);
      const { state } = await changeRow(tx, tenantId, {}, expected);
      const removed = await tx
        .delete(signInDomains)
        .where(and(eq(signInDomains.tenantId, tenantId), eq(signInDomains.domain, domain)))
        .returning({ domain: signInDomains.domain });
      if (removed.length === 0) throw new AppError("not_found");
      if (state !== "off" && (await provedDomainsOf(tx, tenantId)).length === 0) {
        throw new AppError("conflict", { detail: "It is the last one: switch single sign-on off first." });
      }
      const subject = { id: domain, label: readableDomain(domain) };
      const detail = { users: state === "off" ? 0 : (came?.users ?? 0) };
      await recordAudit(tx, tenant, { action: "single_sign_on.domain_removed", subject, detail });
    }),
  );
  await tellCognito(tenantId);
}
