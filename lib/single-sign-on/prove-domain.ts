import { and, eq } from "drizzle-orm";
import type { AuditSource } from "../audit/record";
import { recordAudit } from "../audit/record";
import { providerNameOf } from "../auth/single-sign-on/provider-name";
import { readableDomain } from "../auth/single-sign-on/readable-domain";
import { keepTenant } from "../auth/tenancy/tenants";
import { setIdentifiers } from "../cognito/identity-providers";
import { withDatabase } from "../db/client";
import { WHICHEVER } from "../db/expected-version";
import { withLease } from "../db/lease";
import type { Database } from "../db/opened";
import { provedDomains, signInDomains } from "../db/schema";
import { becomeTenant, readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import type { SingleSignOn } from "./contract";
import { requireProof, type TextRecords, textRecords } from "./proof";
import { shownIn } from "./read-single-sign-on";
import { changeRow, findDomains, findRow, provedDomainsOf } from "./rows";
import { PROVIDERS_LEASE } from "./save-provider";

/**
 * Looks for the record that shows a domain to be the tenant's, and has it count from then on.
 *
 * @param lookUp who is asked.
 * @throws AppError `not_found`, `domain_unproved`, `domain_taken`, `cognito_unavailable`.
 */
export async function proveDomain(
  source: AuditSource,
  domain: string,
  lookUp: TextRecords = textRecords,
): Promise<SingleSignOn> {
  const { tenantId } = source;
  const rows = await readTenant(tenantId, (reads) => findDomains(reads, tenantId));
  const row = rows.find((each) => each.domain === domain);
  if (!row) throw new AppError("not_found");
  if (row.provedAt === null) {
    await requireProof(domain, row.token, lookUp);
    await countDomain(source, domain, "dns");
  }
  await tellCognito(tenantId);
  return readTenant(tenantId, (reads) => shownIn(reads, tenantId));
}

/** The transaction of the platform that puts it on its own record, where an operator says so. */
type Besides = (tx: Pick<Database, "insert">) => Promise<void>;

/**
 * Has a domain of a tenant count, if it is no other tenant's.
 *
 * @throws AppError `domain_taken`, `not_found` where the tenant names it no more.
 */
export async function countDomain(
  source: AuditSource,
  domain: string,
  provedBy: "dns" | "operator",
  besides?: Besides,
): Promise<void> {
  const { tenantId } = source;
  await keepTenant(tenantId);
  const provedAt = new Date();
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const claim = { domain, tenant: tenantId, provedAt };
      await tx.insert(provedDomains).values(claim).onConflictDoNothing();
      const [owner] = await tx.select().from(provedDomains).where(eq(provedDomains.domain, domain));
      if (owner?.tenant !== tenantId) throw new AppError("domain_taken");
      await besides?.(tx);
      await becomeTenant(tx, tenantId);
      const counted = await tx
        .update(signInDomains)
        .set({ provedAt, provedBy })
        .where(and(eq(signInDomains.tenantId, tenantId), eq(signInDomains.domain, domain)))
        .returning({ domain: signInDomains.domain });
      if (counted.length === 0) throw new AppError("not_found");
      await changeRow(tx, tenantId, {}, WHICHEVER);
      const subject = { id: domain, label: readableDomain(domain) };
      const detail = { by: provedBy };
      await recordAudit(tx, source, { action: "single_sign_on.domain_proved", subject, detail });
    }),
  );
}

/**
 * Has Cognito send the people of the tenant's domains to its provider, where there is one. One whose saving broke off is
 * told them when it is saved once more.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function tellCognito(tenantId: string): Promise<void> {
  const name = providerNameOf(tenantId);
  const read = () =>
    readTenant(tenantId, async (reads) => {
      const [row, domains] = await Promise.all([findRow(reads, tenantId), provedDomainsOf(reads, tenantId)]);
      return { row, domains };
    });
  const { kind, isSettled } = (await read()).row;
  if (name === null || kind === null || !isSettled) return;
  await withLease(PROVIDERS_LEASE, async () => setIdentifiers(name, (await read()).domains));
}
