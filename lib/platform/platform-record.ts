import { asc, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { AuditSource } from "../audit/record";
import { withDatabase } from "../db/client";
import type { Database } from "../db/opened";
import { platformEvents } from "../db/schema";

/** Who does something to a tenant as a whole: an operator, or by command nobody who is signed in. */
export type By = Pick<AuditSource, "principal" | "role" | "address">;

/** By command, past the application. */
export const BY_COMMAND: By = { principal: null, role: null, address: null };

export type PlatformAction =
  | "tenant.made"
  | "tenant.renamed"
  | "tenant.suspended"
  | "tenant.resumed"
  | "tenant.exported"
  | "tenant.deleted"
  | "domain.proved"
  | "passwords.allowed";

type Event = {
  action: PlatformAction;
  outcome?: "done" | "begun";
  detail?: Record<string, string | number>;
};

/** Puts on the platform's own record what is done to a tenant; it is kept when the tenant is gone. */
export async function recordOnPlatform(
  tx: Pick<Database, "insert">,
  { principal }: By,
  tenant: string,
  { action, outcome = "done", detail = {} }: Event,
): Promise<void> {
  const actor = { actorSub: principal?.sub ?? null, actorName: principal?.email ?? null };
  const id = uuidv7();
  await tx
    .insert(platformEvents)
    .values({ id, tenant, action, outcome, ...actor, detail, createdAt: new Date() });
}

/** What was done to a tenant as a whole, in its order, also to one that is gone. @throws AppError `database_unavailable`. */
export function platformRecordOf(tenant: string): Promise<(typeof platformEvents.$inferSelect)[]> {
  return withDatabase((db) =>
    db
      .select()
      .from(platformEvents)
      .where(eq(platformEvents.tenant, tenant))
      .orderBy(asc(platformEvents.createdAt), asc(platformEvents.id)),
  );
}
