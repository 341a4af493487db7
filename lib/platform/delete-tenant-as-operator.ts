import { requirePassword } from "../account/password-again";
import type { Caller } from "../auth/access/identify";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import type { TenantDeletion } from "../tenants/contract";
import { asOperator } from "./as-operator";
import { deleteTenant, requireNoStaff } from "./delete-tenant";
import { readTenant } from "./list-tenants";

/**
 * Deletes a tenant, once its id and the caller's password were said.
 *
 * @throws AppError `not_found`, `invalid_request` for another id; as `requirePassword` and `deleteTenant` do.
 */
export async function deleteTenantAsOperator(
  caller: Caller,
  id: string,
  { confirm, password }: TenantDeletion,
): Promise<void> {
  const { name } = await readTenant(id);
  if (confirm !== id) throw new AppError("invalid_request", { fields: [fieldError("confirm", "invalid")] });
  await requirePassword(caller, password);
  await requireNoStaff(id);
  const subject = { id, name };
  await asOperator(caller, { action: "platform.tenant_deleted", subject }, (by) => deleteTenant(by, id));
}
