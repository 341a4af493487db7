import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import { withDatabase } from "../db/client";
import { WHICHEVER } from "../db/expected-version";
import { tenants } from "../db/schema";
import { becomeTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { changeRow } from "../single-sign-on/rows";
import { type By, recordOnPlatform } from "./platform-record";

/**
 * Has passwords count again in a tenant that required single sign-on: for one whose provider is down and whose emergency
 * administrator is not to be had. Single sign-on stays on.
 *
 * @throws AppError `conflict` where it is not required, `database_unavailable`.
 */
export async function allowPasswords(by: By, id: string): Promise<void> {
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const changed = await tx
        .update(tenants)
        .set({ singleSignOn: "on" })
        .where(and(eq(tenants.id, id), eq(tenants.singleSignOn, "required"), isNull(tenants.deletingAt)))
        .returning({ id: tenants.id });
      if (changed.length === 0) {
        throw new AppError("conflict", { detail: `Single sign-on is not required in ${id}.` });
      }
      await recordOnPlatform(tx, by, id, { action: "passwords.allowed" });
      await becomeTenant(tx, id);
      await changeRow(tx, id, { state: "on" }, WHICHEVER);
      const detail = { state: "on", changed: "state" };
      await recordAudit(tx, { ...by, tenantId: id }, { action: "single_sign_on.changed", detail });
    }),
  );
}
