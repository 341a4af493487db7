import type { Caller } from "../auth/access/identify";
import type { Tenant, TenantChange } from "../tenants/contract";
import { allowPasswords } from "./allow-passwords";
import { asOperator } from "./as-operator";
import { requireNoStaff } from "./begin-deletion";
import { renameTenant, resumeTenant, suspendTenant } from "./change-tenant";
import { readTenant, requireKept } from "./list-tenants";

/**
 * Renames, suspends or resumes a tenant, or has passwords count again in it. What is so already is left as it is, and is
 * on no record.
 *
 * @throws AppError `not_found`; `conflict` while it is being deleted, where the platform's own staff would be shut out,
 *   and where single sign-on is off; `unknown_tenant` where its deletion has just begun; `cognito_unavailable`, `database_unavailable`.
 */
export async function changeTenantAsOperator(
  caller: Caller,
  id: string,
  { name, status, single_sign_on: singleSignOn }: TenantChange,
): Promise<Tenant> {
  const before = await readTenant(id);
  requireKept(before);
  if (name !== undefined && name !== before.name) {
    const subject = { id, name };
    await asOperator(caller, { action: "platform.tenant_renamed", subject }, (by) =>
      renameTenant(by, id, name),
    );
  }
  const subject = { id, name: name ?? before.name };
  if (status === "suspended" && before.status === "active") {
    await requireNoStaff(id);
    await asOperator(caller, { action: "platform.tenant_suspended", subject }, (by) => suspendTenant(by, id));
  }
  if (status === "active" && before.status === "suspended") {
    await asOperator(caller, { action: "platform.tenant_resumed", subject }, (by) => resumeTenant(by, id));
  }
  if (singleSignOn !== undefined && before.single_sign_on !== singleSignOn) {
    await asOperator(caller, { action: "platform.passwords_allowed", subject }, (by) =>
      allowPasswords(by, id),
    );
  }
  return readTenant(id);
}
