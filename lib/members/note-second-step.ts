import { and, eq } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import type { Principal } from "../auth/access/principal";
import { tenantOfUser } from "../auth/tenancy/tenant";
import { findUser } from "../cognito/pool-users";
import { members } from "../db/schema";
import { readTenant, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { log } from "../log";

/**
 * Writes into the list of members whether somebody has a second step turned on, as Cognito says it. That it cannot be
 * known now fails nothing.
 *
 * @param when `unknown`: only where nobody has asked yet, so that Cognito is asked once for each member.
 */
export async function noteSecondStep(principal: Principal, when: "changed" | "unknown"): Promise<void> {
  const { sub, username } = principal;
  if (!isUuid(sub)) return;
  try {
    const tenantId = await tenantOfUser(principal);
    const whereOwn = and(eq(members.tenantId, tenantId), eq(members.sub, sub));
    if (when === "unknown") {
      const [row] = await readTenant(tenantId, (tx) =>
        tx.select({ known: members.hasSecondStep }).from(members).where(whereOwn),
      );
      if (!row || row.known !== null) return;
    }
    const user = await findUser(username);
    if (user === null) return;
    const { hasSecondStep } = user;
    await withTenant(tenantId, (tx) => tx.update(members).set({ hasSecondStep }).where(whereOwn));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "members.second_step_not_noted", { sub, code: error.code });
  }
}
