import { requirePassword } from "../account/password-again";
import type { Caller } from "../auth/access/identify";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import type { Tenant, TenantDeletion } from "../tenants/contract";
import { asOperator } from "./as-operator";
import { beginDeletion, requireNoStaff } from "./begin-deletion";
import { lookForDeletions } from "./finish-deletion";
import { readTenant } from "./list-tenants";
import { BY_COMMAND } from "./platform-record";

/**
 * Begins to delete a tenant, once its id and the caller's password were said. It goes on in the background; the same again
 * says how far it is, and has it tried again at once.
 *
 * @returns the tenant as it is now.
 * @throws AppError `not_found`, `invalid_request` for another id; as `requirePassword` and `beginDeletion` do.
 */
export async function deleteTenantAsOperator(
  caller: Caller,
  id: string,
  { confirm, password }: TenantDeletion,
): Promise<Tenant> {
  const { name, status } = await readTenant(id);
  if (confirm !== id) throw new AppError("invalid_request", { fields: [fieldError("confirm", "invalid")] });
  await requirePassword(caller, password);
  await requireNoStaff(id);
  if (status === "deleting") await beginDeletion(BY_COMMAND, id);
  else {
    const subject = { id, name };
    await asOperator(caller, { action: "platform.tenant_deleted", subject }, (by) => beginDeletion(by, id));
  }
  const tenant = await readTenant(id);
  lookForDeletions();
  return tenant;
}
