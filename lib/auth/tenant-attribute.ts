import { userAttribute } from "../cognito/user-directory";
import { env } from "../env";

const REMEMBER_MS = 60_000;
const MAX_REMEMBERED = 10_000;

const remembered = new Map<string, { tenant: Promise<string | null>; until: number }>();

/**
 * The tenant of a user whose token does not say it (a pool without the pre-token-generation trigger), as the pool
 * has it; null when it has none. Remembered for a minute, failures not at all: many requests ask Cognito once.
 *
 * @throws AppError `cognito_unavailable`.
 */
export function tenantAttribute(username: string, now = Date.now()): Promise<string | null> {
  const known = remembered.get(username);
  if (known && now < known.until) return known.tenant;
  const tenant = userAttribute(username, env().COGNITO_TENANT_CLAIM);
  remembered.delete(username);
  remembered.set(username, { tenant, until: now + REMEMBER_MS });
  tenant.catch(() => remembered.delete(username));
  const oldest = remembered.keys().next();
  if (remembered.size > MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
  return tenant;
}
