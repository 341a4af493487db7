import { userAttribute } from "../cognito/user-directory";
import { env } from "../env";
import { remember } from "./remember";

const oncePerMinute = remember<string | null>(60);

/**
 * The tenant of a user whose token does not say it (a pool without the pre-token-generation trigger), as the pool
 * has it; null when it has none. Remembered for a minute, failures not at all: many requests ask Cognito once.
 *
 * @throws AppError `cognito_unavailable`.
 */
export function tenantAttribute(username: string): Promise<string | null> {
  return oncePerMinute(username, () => userAttribute(username, env().COGNITO_TENANT_CLAIM));
}
