import { createHash } from "node:crypto";
import { and, eq, lt, not, sql } from "drizzle-orm";
import { AppError } from "../errors";
import { idempotencyKeys as keys } from "./schema";
import type { TenantTransaction } from "./with-tenant";

/** How long an answer is kept for a repetition. */
const KEEP_HOURS = 24;

const isOld = () => lt(keys.createdAt, sql`now() - make_interval(hours => ${KEEP_HOURS})`);

/** What makes two requests the same: who sent which operation under which key. No key: nothing to compare. */
type Once = { tenantId: string; ownerSub: string; operation: string; key: string | null; input: unknown };

/**
 * What a request was answered when it came before; null when it did not, or is under way. For work that cannot be done
 * inside a transaction.
 *
 * @throws AppError `idempotency_key_reused` when the key came with another input before.
 */
export async function answeredBefore<T>(tx: TenantTransaction, once: Once): Promise<T | null> {
  if (once.key === null) return null;
  const [first] = await tx
    .select()
    .from(keys)
    .where(and(isKeyOf(once), not(isOld())));
  if (first && first.request !== requestOf(once)) throw new AppError("idempotency_key_reused");
  return (first?.answer ?? null) as T | null;
}

/**
 * Carries `work` out once per key and answers every repetition with what it answered then
 * (draft-ietf-httpapi-idempotency-key-header). All in the transaction given: a repetition that comes while the first
 * is under way waits for it, and what fails leaves no key behind.
 *
 * @param work gives something that JSON can hold.
 * @throws AppError `idempotency_key_reused` when the key came with another input before.
 */
export async function onlyOnce<T>(tx: TenantTransaction, once: Once, work: () => Promise<T>): Promise<T> {
  const { tenantId, ownerSub, operation, key } = once;
  if (key === null) return work();
  const request = requestOf(once);
  await tx.delete(keys).where(and(eq(keys.tenantId, tenantId), isOld()));
  const taken = await tx
    .insert(keys)
    .values({ tenantId, ownerSub, operation, key, request, createdAt: new Date() })
    .onConflictDoNothing()
    .returning({ key: keys.key });
  const isKey = isKeyOf(once);
  if (taken.length === 1) {
    const answer = await work();
    await tx.update(keys).set({ answer }).where(isKey);
    return answer;
  }
  const [first] = await tx.select().from(keys).where(isKey);
  if (first?.request !== request) throw new AppError("idempotency_key_reused");
  return first.answer as T;
}

function requestOf({ input }: Once): string {
  return createHash("sha256").update(JSON.stringify(input)).digest("base64url");
}

function isKeyOf({ tenantId, ownerSub, operation, key }: Once) {
  return and(
    eq(keys.tenantId, tenantId),
    eq(keys.ownerSub, ownerSub),
    eq(keys.operation, operation),
    eq(keys.key, key ?? ""),
  );
}
