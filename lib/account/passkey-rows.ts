import { and, eq, inArray, not } from "drizzle-orm";
import type { TenantTransaction } from "../db/with-tenant";
import { passkeys } from "./tables";

/** Whose passkeys. */
export type Owner = { tenantId: string; sub: string };

/** The rows of one owner. */
export const whereOwn = ({ tenantId, sub }: Owner) =>
  and(eq(passkeys.tenantId, tenantId), eq(passkeys.ownerSub, sub));

const whereOne = (owner: Owner, id: string) => and(whereOwn(owner), eq(passkeys.credentialId, id));

/** What is kept of a passkey besides what Cognito keeps. */
export type Kept = Pick<typeof passkeys.$inferSelect, "name" | "userAgent" | "address">;

/** Keeps it, from now; what was kept of it before is replaced. */
export async function keepPasskey(
  tx: TenantTransaction,
  owner: Owner,
  { id, ...kept }: Kept & { id: string },
): Promise<void> {
  const now = new Date();
  const key = { tenantId: owner.tenantId, ownerSub: owner.sub, credentialId: id };
  await tx
    .insert(passkeys)
    .values({ ...key, ...kept, createdAt: now, usedAt: now })
    .onConflictDoUpdate({
      target: [passkeys.tenantId, passkeys.ownerSub, passkeys.credentialId],
      set: kept,
    });
}

/** It has just signed its owner in. */
export async function notePasskeyUse(tx: TenantTransaction, owner: Owner, id: string): Promise<void> {
  await tx.update(passkeys).set({ usedAt: new Date() }).where(whereOne(owner, id));
}

/** Forgets those that Cognito has no more, whoever removed them there. */
export async function forgetOthers(tx: TenantTransaction, owner: Owner, ids: string[]): Promise<void> {
  await tx
    .delete(passkeys)
    .where(
      ids.length === 0 ? whereOwn(owner) : and(whereOwn(owner), not(inArray(passkeys.credentialId, ids))),
    );
}
