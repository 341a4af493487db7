import type { TenantContext } from "../auth/tenancy/tenant";
import { AppError } from "../errors";
import { changeAlerts } from "./change-alerts";
import type { Alert } from "./contract";
import type { Status } from "./kinds";

/**
 * Moves an alert to `status`: open → acknowledged → resolved, forward only, and from resolved to open again. Saying what already is so changes
 * nothing and is no error, so that a repeated click or request is harmless.
 *
 * @throws AppError `not_found`, `conflict` for any other step back.
 */
export async function changeAlert(tenant: TenantContext, id: string, status: Status): Promise<Alert> {
  const [result] = await changeAlerts(tenant, [id], status);
  if (!result?.alert) throw new AppError("not_found");
  const { outcome, alert } = result;
  if (outcome !== "conflict") return alert;
  throw new AppError("conflict", { detail: `The alert is ${alert.status} and cannot become ${status}.` });
}
