import type { CookieJar } from "../auth/session/cookie-jar";
import { keepTest } from "../auth/session/single-sign-on-test";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { findRow } from "./rows";
import { requireProviderName } from "./save-provider";

/**
 * Has this browser's next sign-in by the tenant's provider show whether it works: see finishTest.
 *
 * @returns the provider's name.
 * @throws AppError `conflict` where there is none yet, or saving it broke off.
 */
export async function beginTest(jar: CookieJar, { tenantId, principal }: TenantContext): Promise<string> {
  const name = requireProviderName(tenantId);
  const { kind, isSettled, providerVersion } = await readTenant(tenantId, (reads) =>
    findRow(reads, tenantId),
  );
  if (kind === null || !isSettled) throw new AppError("conflict", { detail: "Save the provider first." });
  await keepTest(jar, { sub: principal.sub, tenantId, version: providerVersion });
  return name;
}
