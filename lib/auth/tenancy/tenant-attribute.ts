import { findUser } from "../../cognito/pool-users";
import type { Principal } from "../access/principal";
import { tenantBy } from "../single-sign-on/own-tenant";
import { remember } from "./remember";

const oncePerMinute = remember<string | null>(60);

/** Whose tenant is asked for, and for which sign-in where one is at hand. */
export type TenantOwner = Pick<Principal, "username"> & Partial<Pick<Principal, "signInId" | "signedInAt">>;

/**
 * The tenant of a user whose token does not say it (a pool without the pre-token-generation trigger), as the pool
 * has it; null when it has none. Remembered for a minute, failures not at all: many requests ask Cognito once. For one
 * sign-in only: an account that was given another tenant would otherwise sign in to the old one.
 *
 * @throws AppError `cognito_unavailable`.
 */
export function tenantAttribute({ username, signInId, signedInAt }: TenantOwner): Promise<string | null> {
  return oncePerMinute(JSON.stringify([username, signInId, signedInAt]), async () => {
    const user = await findUser(username);
    return user?.isEnabled ? tenantBy(user, user.tenantAttribute) : null;
  });
}
