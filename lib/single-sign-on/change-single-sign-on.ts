import { eq } from "drizzle-orm";
import { type AuditEvent, recordAudit } from "../audit/record";
import { isOperator, roleOf } from "../auth/access/groups";
import { acceptedOf, findAccepted } from "../auth/single-sign-on/accepted-users";
import { isExternal } from "../auth/single-sign-on/provider-name";
import { type TenantContext, tenantOfUser } from "../auth/tenancy/tenant";
import { keepTenant } from "../auth/tenancy/tenants";
import { scramblePassword } from "../cognito/federated-users";
import { findUser, groupsOf } from "../cognito/pool-users";
import { withDatabase } from "../db/client";
import type { Expected } from "../db/expected-version";
import { tenants } from "../db/schema";
import { becomeTenant, readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import type { SingleSignOn, SingleSignOnChange } from "./contract";
import { mayBeEmergency } from "./emergency";
import { shownIn } from "./read-single-sign-on";
import { changeRow, findRow, provedDomainsOf, type Row } from "./rows";

/**
 * Switches single sign-on, and says how newcomers come. What every request is judged by changes in the same transaction:
 * nobody is served by what was before, on any instance.
 *
 * @throws AppError `conflict`, `single_sign_on_untested`, `precondition_failed`, `cognito_unavailable`.
 */
export async function changeSingleSignOn(
  tenant: TenantContext,
  { state, newcomer_role: newcomerRole, emergency_sub: emergencySub }: SingleSignOnChange,
  expected: Expected,
): Promise<SingleSignOn> {
  const { tenantId } = tenant;
  const emergency = state === "required" ? (emergencySub ?? (await emergencyOf(tenantId))) : emergencySub;
  if (emergency) await requireEmergencyAdministrator(tenantId, emergency);
  await keepTenant(tenantId);
  const change = {
    ...(state && { state }),
    ...(newcomerRole && { newcomerRole }),
    ...(emergencySub !== undefined && { emergencySub }),
  };
  const changed = await withDatabase((db) =>
    db.transaction(async (tx) => {
      const ofTenant = {
        ...(state && { singleSignOn: state }),
        ...(emergencySub !== undefined && { emergencySub }),
      };
      if (Object.keys(ofTenant).length > 0) {
        await tx.update(tenants).set(ofTenant).where(eq(tenants.id, tenantId));
      }
      await becomeTenant(tx, tenantId);
      const row = await changeRow(tx, tenantId, change, expected);
      if (row.state !== "off") requireReady(row, await provedDomainsOf(tx, tenantId));
      if (state === "required" && row.emergencySub !== emergency) {
        throw new AppError("conflict", {
          detail: "Somebody else has named another administrator. Try again.",
        });
      }
      await recordAudit(tx, tenant, eventOf(row, change));
      return shownIn(tx, tenantId);
    }),
  );
  if (state === "required") await endLinkedPasswords(tenantId);
  return changed;
}

/** Who was named before: whoever it is may have been disabled, or be no administrator any more. */
async function emergencyOf(tenantId: string): Promise<string | null> {
  return (await readTenant(tenantId, (reads) => findRow(reads, tenantId))).emergencySub;
}

/** @throws AppError `single_sign_on_untested`, `conflict`. */
function requireReady({ kind, isSettled, testedAt, state, emergencySub }: Row, proved: string[]): void {
  if (kind === null || !isSettled || testedAt === null || proved.length === 0) {
    throw new AppError("single_sign_on_untested", {
      detail: "It takes a provider that was tested as it is now, and a domain that is proved.",
    });
  }
  if (state === "required" && emergencySub === null) {
    throw new AppError("conflict", {
      detail: "Name the administrator whose password goes on (emergency_sub).",
    });
  }
}

/**
 * Somebody who gets in where the provider is down, as Cognito has them now.
 *
 * @throws AppError `conflict`, `cognito_unavailable`.
 */
async function requireEmergencyAdministrator(tenantId: string, sub: string): Promise<void> {
  const user = await findUser(sub);
  const groups = user ? await groupsOf(user.username) : [];
  const isFit =
    user?.sub === sub &&
    (await tenantOfUser({ username: user.username, tenantClaim: user.tenantAttribute })) === tenantId &&
    mayBeEmergency({
      role: roleOf({ groups }),
      status: user.isEnabled && user.status === "CONFIRMED" ? "active" : "other",
      is_operator: isOperator({ groups }),
      signs_in_by: isExternal(user) || (await findAccepted(sub, tenantId)) ? "single_sign_on" : "password",
    });
  if (isFit) return;
  const detail =
    "The emergency administrator must be an administrator of this tenant who signs in with a password.";
  throw new AppError("conflict", { detail });
}

/**
 * Cognito does not tell by which way somebody with a link came in on its own pages, so that their password must be
 * nobody's.
 */
async function endLinkedPasswords(tenantId: string): Promise<void> {
  for (const { username, isLinked } of await acceptedOf(tenantId)) {
    if (isLinked) await scramblePassword(username);
  }
}

function eventOf({ state, newcomerRole }: Row, change: object): AuditEvent {
  const detail = { state, newcomer_role: newcomerRole, changed: Object.keys(change).join(" ") };
  return { action: "single_sign_on.changed", detail };
}
