import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { detailOf, type Expected, whereExpected } from "../db/expected-version";
import { signInDomains, singleSignOns } from "../db/schema";
import type { Reads, TenantTransaction } from "../db/with-tenant";
import { AppError } from "../errors";

export type Row = typeof singleSignOns.$inferSelect;
export type DomainRow = typeof signInDomains.$inferSelect;

/** Of a tenant that never had any. */
export function noneYet(tenantId: string): Row {
  return {
    tenantId,
    kind: null,
    issuer: null,
    clientId: null,
    scopes: null,
    hasSecret: false,
    saysVerified: true,
    metadataUrl: null,
    source: null,
    isSettled: true,
    state: "off",
    newcomerRole: "viewer",
    emergencySub: null,
    testedAt: null,
    testedSubject: null,
    testedEmail: null,
    version: 1,
    updatedAt: new Date(),
  };
}

type Select = Pick<Reads, "select">;

export async function findRow(reads: Select, tenantId: string): Promise<Row> {
  const [row] = await reads.select().from(singleSignOns).where(eq(singleSignOns.tenantId, tenantId));
  return row ?? noneYet(tenantId);
}

export function findDomains(reads: Select, tenantId: string): Promise<DomainRow[]> {
  return reads
    .select()
    .from(signInDomains)
    .where(eq(signInDomains.tenantId, tenantId))
    .orderBy(asc(signInDomains.createdAt), asc(signInDomains.domain));
}

/** Those that count. */
export async function provedDomainsOf(reads: Select, tenantId: string): Promise<string[]> {
  const whereProved = and(eq(signInDomains.tenantId, tenantId), isNotNull(signInDomains.provedAt));
  const rows = await reads.select({ domain: signInDomains.domain }).from(signInDomains).where(whereProved);
  return rows.map(({ domain }) => domain);
}

/**
 * Changes the one row of a tenant, if it is of an expected version.
 *
 * @param refusal `conflict` where nobody asked for the version, and another request was faster.
 * @throws AppError with that code.
 */
export async function changeRow(
  tx: TenantTransaction,
  tenantId: string,
  change: Partial<Omit<Row, "tenantId" | "version" | "updatedAt">>,
  expected: Expected,
  refusal: "precondition_failed" | "conflict" = "precondition_failed",
): Promise<Row> {
  await tx.insert(singleSignOns).values(noneYet(tenantId)).onConflictDoNothing();
  const [row] = await tx
    .update(singleSignOns)
    .set({ ...change, version: sql`${singleSignOns.version} + 1`, updatedAt: new Date() })
    .where(and(eq(singleSignOns.tenantId, tenantId), whereExpected(singleSignOns.version, expected)))
    .returning();
  if (!row) throw new AppError(refusal, detailOf(expected));
  return row;
}
