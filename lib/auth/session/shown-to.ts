import { AppError } from "../../errors";
import { SHOWN_TENANT, SHOWN_TO } from "./shown-headers";

/**
 * Refuses a request that a page makes for somebody other than whoever is signed in by now: cookies are a browser's
 * and not a tab's. Who does not say whom they mean is not asked.
 *
 * @throws AppError `another_person`.
 */
export function requireShownPerson(headers: Headers, sub: string): void {
  const shown = headers.get(SHOWN_TO);
  if (shown !== null && shown !== sub) throw new AppError("another_person");
}

/**
 * The same for the tenant: the person may have moved to another one since, or gone to work in one. It grants nothing,
 * as opposed to what namedTenant reads, and is heeded in each `TENANT_MODE`.
 *
 * @throws AppError `another_tenant`.
 */
export function requireShownTenant(headers: Headers, tenantId: string): void {
  const shown = headers.get(SHOWN_TENANT);
  if (shown !== null && shown !== tenantId) throw new AppError("another_tenant");
}
