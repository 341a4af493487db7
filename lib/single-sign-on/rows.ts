import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { detailOf, type Expected, whereExpected } from "../db/expected-version";
import { signInDomains, singleSignOns } from "../db/schema";
import { type Reads, readTenant, type TenantTransaction } from "../db/with-tenant";
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
    providerVersion: 0,
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

/** A wish about the provider, by its number. */
export type Wish = Pick<Row, "providerVersion">;

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

/** Changes the one row of a tenant, if it is of an expected version. @throws AppError `precondition_failed`. */
export async function changeRow(
  tx: TenantTransaction,
  tenantId: string,
  change: Partial<Omit<Row, "tenantId" | "version" | "updatedAt">>,
  expected: Expected,
): Promise<Row> {
  await tx.insert(singleSignOns).values(noneYet(tenantId)).onConflictDoNothing();
  const [row] = await tx
    .update(singleSignOns)
    .set({ ...change, version: sql`${singleSignOns.version} + 1`, updatedAt: new Date() })
    .where(and(eq(singleSignOns.tenantId, tenantId), whereExpected(singleSignOns.version, expected)))
    .returning();
  if (!row) throw new AppError("precondition_failed", detailOf(expected));
  return row;
}

/**
 * Changes the row as long as nobody has set or removed the provider since.
 *
 * @throws AppError `conflict`.
 */
export async function changeStill(
  tx: TenantTransaction,
  tenantId: string,
  change: Partial<Omit<Row, "tenantId" | "version" | "updatedAt">>,
  { providerVersion }: Wish,
): Promise<Row> {
  const [row] = await tx
    .update(singleSignOns)
    .set({ ...change, version: sql`${singleSignOns.version} + 1`, updatedAt: new Date() })
    .where(and(eq(singleSignOns.tenantId, tenantId), eq(singleSignOns.providerVersion, providerVersion)))
    .returning();
  if (!row) throw overtaken();
  return row;
}

/**
 * The same, asked before Cognito is changed: it would have what one wants, and the row say what another one does.
 *
 * @throws AppError `conflict`.
 */
export async function requireStill(tenantId: string, { providerVersion }: Wish): Promise<void> {
  const row = await readTenant(tenantId, (reads) => findRow(reads, tenantId));
  if (row.providerVersion !== providerVersion) throw overtaken();
}

function overtaken(): AppError {
  return new AppError("conflict", { detail: "It was changed meanwhile. Do it once more." });
}
