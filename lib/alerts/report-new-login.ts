import type { Principal } from "../auth/principal";
import { resolveTenant } from "../auth/tenant";
import { AppError } from "../errors";
import { log } from "../log";
import { createAlert } from "./create-alert";
import { type NewLogin, newLoginAlert } from "./new-login";

/**
 * Raises "New login detected" for the user and the administrators of their tenant. Somebody without a tenant has
 * nobody to be told; and if it cannot be raised now, that is no reason to keep somebody out.
 */
export async function reportNewLogin(principal: Principal, login: NewLogin): Promise<void> {
  try {
    const tenant = await resolveTenant({ principal, session: null }, null);
    await createAlert(tenant, newLoginAlert(login), { audience: "owner" });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "alerts.new_login_not_reported", { sub: principal.sub, code: error.code });
  }
}
