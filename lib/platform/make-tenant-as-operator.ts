import type { Caller } from "../auth/access/identify";
import { findUser } from "../cognito/pool-users";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { log } from "../log";
import type { MadeTenant, NewTenant } from "../tenants/contract";
import { asOperator } from "./as-operator";
import { makeTenant } from "./change-tenant";
import { inviteAdministrator } from "./invite-administrator";
import { readTenant } from "./list-tenants";

/**
 * Makes a tenant and, where one is named, invites its first administrator. When that fails the tenant is there all the
 * same, and its administrator is invited once more.
 *
 * @throws AppError `conflict` where there is one of that id, `member_exists` before anything is made;
 *   `cognito_unavailable`, `database_unavailable`.
 */
export async function makeTenantAsOperator(caller: Caller, input: NewTenant): Promise<MadeTenant> {
  const { id, name = id, administrator } = input;
  if (administrator !== undefined && (await findUser(administrator))) {
    throw new AppError("member_exists", { fields: [fieldError("administrator", "account_exists")] });
  }
  await asOperator(caller, { action: "platform.tenant_made", subject: { id, name } }, (by) =>
    makeTenant(by, { id, name }),
  );
  const invitation = administrator === undefined ? "none" : await invite(caller, id, administrator);
  return { ...(await readTenant(id)), invitation };
}

async function invite(caller: Caller, id: string, email: string): Promise<"mailed" | "failed"> {
  try {
    await inviteAdministrator(caller, id, { email, idempotencyKey: null });
    return "mailed";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "platform.administrator_not_invited", { tenant: id, error });
    return "failed";
  }
}
