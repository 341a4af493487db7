import { recordedFirst } from "../audit/recorded-first";
import type { TenantContext } from "../auth/tenancy/tenant";
import { type Expected, WHICHEVER } from "../db/expected-version";
import { AppError } from "../errors";
import { forgetPeople } from "./forget-people";
import { removeProvider } from "./remove-provider";
import { changeRow, changeStill, noneYet, requireStill, type Wish } from "./rows";
import { ofProvider, requireProviderName, UNTESTED } from "./save-provider";

/**
 * Removes the tenant's provider and whoever came in by it alone. What breaks off is finished by the same once more.
 *
 * @throws AppError `conflict` while it is not off, `precondition_failed`, `cognito_unavailable`.
 */
export async function removeSingleSignOn(tenant: TenantContext, expected: Expected): Promise<void> {
  const { tenantId } = tenant;
  const name = requireProviderName(tenantId);
  let wished: Wish = noneYet(tenantId);
  await recordedFirst(tenant, {
    events: [{ action: "single_sign_on.removed" }],
    begin: async (tx) => {
      const row = await changeRow(tx, tenantId, { isSettled: false, ...UNTESTED }, expected);
      wished = { providerVersion: row.providerVersion + 1 };
      await changeRow(tx, tenantId, wished, WHICHEVER);
      if (row.state !== "off") throw new AppError("conflict", { detail: "Switch single sign-on off first." });
    },
    effect: async () => {
      await removeProvider(tenantId, () => requireStill(tenantId, wished));
      await forgetPeople(tenant, name);
    },
    finish: async (tx) => {
      await changeStill(tx, tenantId, ofProvider(noneYet(tenantId)), wished);
    },
  });
}
