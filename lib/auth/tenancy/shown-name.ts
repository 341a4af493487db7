import { and, eq } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import { members } from "../../db/schema";
import { readTenant } from "../../db/with-tenant";
import { AppError } from "../../errors";
import type { Principal } from "../access/principal";
import { resolveTenant } from "./tenant";

/**
 * What a person who has just signed in is called on their pages: their address where it is verified, else the last one
 * that was, else their username. Never what was typed at the sign-in: a pool may let somebody in by an address that they
 * wrote into their own account and that is somebody else's.
 *
 * @throws AppError `database_unavailable`.
 */
export async function shownName(principal: Principal, address: string | null): Promise<string> {
  const { email, sub, username } = principal;
  if (email !== null) return email;
  try {
    const { tenantId } = await resolveTenant({ principal, session: null, address }, null);
    if (!isUuid(sub)) return username;
    const whereOwn = and(eq(members.tenantId, tenantId), eq(members.sub, sub));
    const [row] = await readTenant(tenantId, (tx) =>
      tx.select({ email: members.email }).from(members).where(whereOwn),
    );
    return row?.email ?? username;
  } catch (error) {
    // Without a tenant, or while Cognito cannot say which, there is no list to look at.
    if (!(error instanceof AppError) || error.code === "database_unavailable") throw error;
    return username;
  }
}
