import { and, eq } from "drizzle-orm";
import { endAccessSoon } from "../auth/endings/end-access";
import { acceptedOf, forgetAccepted } from "../auth/single-sign-on/accepted-users";
import type { TenantContext } from "../auth/tenancy/tenant";
import { unlinkUser } from "../cognito/federated-users";
import { deleteUser } from "../cognito/user-administration";
import { members } from "../db/schema";
import { withTenant } from "../db/with-tenant";

/**
 * Takes a provider's people away: whoever it made is deleted, and who was linked keeps their account without it. Each is
 * done for good before the next one is begun, so that what breaks off is finished by the same again.
 *
 * @throws AppError `cognito_unavailable`, `database_unavailable`.
 */
export async function forgetPeople(
  { tenantId }: Pick<TenantContext, "tenantId">,
  provider: string,
): Promise<void> {
  for (const { sub, username, subject, isLinked } of await acceptedOf(tenantId)) {
    await endAccessSoon({ sub, username, tenantClaim: tenantId });
    const whereRow = and(eq(members.tenantId, tenantId), eq(members.sub, sub));
    if (isLinked) {
      await unlinkUser({ provider, subject });
      const change = { comesByProvider: false };
      await withTenant(tenantId, (tx) => tx.update(members).set(change).where(whereRow));
    } else {
      await deleteUser(username);
      await withTenant(tenantId, (tx) => tx.delete(members).where(whereRow));
    }
    await forgetAccepted(sub);
  }
}
