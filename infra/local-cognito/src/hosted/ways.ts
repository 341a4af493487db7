import { allowedFirst } from "../rules/first-factor";
import type { ThroughClient } from "../store/cognito";

/** What else there is to do than to enter a password: to sign up, and to sign in by what else the pool and the client allow. */
export function waysOf({ pool, client }: ThroughClient): { signUp: boolean; other: boolean } {
  const { UserPoolTier, AdminCreateUserConfig } = pool.settings;
  const isChosen = client.settings.ExplicitAuthFlows?.includes("ALLOW_USER_AUTH") && UserPoolTier !== "LITE";
  return {
    signUp: !AdminCreateUserConfig.AllowAdminCreateUserOnly,
    other: Boolean(isChosen) && allowedFirst(pool).some((factor) => factor !== "PASSWORD"),
  };
}
