import { createHash } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { AppError } from "../errors";
import { idempotencyKeys as keys } from "./schema";
import type { TenantTransaction } from "./with-tenant";

/** How long an answer is kept for a repetition. */
const KEEP_HOURS = 24;
/** Longer than all calls that are made under one key may take. */
const BROKEN_OFF_SECONDS = 60;

const whereOld = () => lt(keys.createdAt, sql`now() - make_interval(hours => ${KEEP_HOURS})`);

/** What makes two requests the same: who sent which operation under which key. No key: nothing to compare. */
export type Once = {
  tenantId: string;
  ownerSub: string;
  operation: string;
  key: string | null;
  input: unknown;
};

/** What there is to be done about a request: it is ours, also after somebody who broke off; or it was answered before. */
export type Turn<T> = { is: "taken" } | { is: "resumed"; since: Date } | { is: "answered"; answer: T };

/**
 * Takes a key before its work is begun, for work that cannot be done inside one transaction: what comes with the same
 * key meanwhile begins nothing. Whoever took it and is not done within BROKEN_OFF_SECONDS has broken off.
 *
 * @returns null while somebody else is at it.
 * @throws AppError `idempotency_key_reused` when the key came with another input before.
 */
export async function takeTurn<T>(tx: TenantTransaction, once: Once): Promise<Turn<T> | null> {
  const { tenantId, ownerSub, operation, key } = once;
  if (key === null) return { is: "taken" };
  const request = requestOf(once);
  await tx.delete(keys).where(and(whereKey(once), whereOld()));
  const row = { tenantId, ownerSub, operation, key, request, createdAt: new Date() };
  const taken = await tx.insert(keys).values(row).onConflictDoNothing().returning({ key: keys.key });
  if (taken.length === 1) return { is: "taken" };
  const [first] = await tx.select().from(keys).where(whereKey(once)).for("update");
  // Given up between the two statements.
  if (!first) return null;
  if (first.request !== request) throw new AppError("idempotency_key_reused");
  if (first.answer !== null) return { is: "answered", answer: first.answer as T };
  if (first.createdAt.getTime() > Date.now() - BROKEN_OFF_SECONDS * 1000) return null;
  await tx.update(keys).set({ createdAt: new Date() }).where(whereKey(once));
  return { is: "resumed", since: first.createdAt };
}

/** Keeps the answer for every repetition. @param answer something that JSON can hold. */
export async function endTurn(tx: TenantTransaction, once: Once, answer: unknown): Promise<void> {
  if (once.key !== null) await tx.update(keys).set({ answer }).where(whereKey(once));
}

/** Lets the key be taken again: nothing was done with it. */
export async function giveTurnBack(tx: TenantTransaction, once: Once): Promise<void> {
  if (once.key !== null) await tx.delete(keys).where(whereKey(once));
}

/**
 * Carries `work` out once per key and answers every repetition with what was answered then
 * (draft-ietf-httpapi-idempotency-key-header). All in the transaction given: a repetition that comes while the first
 * is under way waits for it, and what fails leaves no key behind.
 *
 * @param once with what the work is answered with: something that JSON can hold, and is kept with the key.
 * @throws AppError `idempotency_key_reused` when the key came with another input before.
 * @public for features
 */
export async function onlyOnce<T>(
  tx: TenantTransaction,
  once: Once & { answer: T },
  work: () => Promise<unknown>,
): Promise<T> {
  const { tenantId, ownerSub, operation, key, answer } = once;
  if (key === null) {
    await work();
    return answer;
  }
  const request = requestOf(once);
  const row = { tenantId, ownerSub, operation, key, request, answer, createdAt: new Date() };
  const [, taken] = await Promise.all([
    tx.delete(keys).where(and(whereKey(once), whereOld())),
    tx.insert(keys).values(row).onConflictDoNothing().returning({ key: keys.key }),
  ]);
  if (taken.length === 1) {
    await work();
    return answer;
  }
  const [first] = await tx.select().from(keys).where(whereKey(once));
  if (first?.request !== request) throw new AppError("idempotency_key_reused");
  return first.answer as T;
}

function requestOf({ input }: Once): string {
  return createHash("sha256").update(JSON.stringify(input)).digest("base64url");
}

function whereKey({ tenantId, ownerSub, operation, key }: Once) {
  return and(
    eq(keys.tenantId, tenantId),
    eq(keys.ownerSub, ownerSub),
    eq(keys.operation, operation),
    eq(keys.key, key ?? ""),
  );
}
