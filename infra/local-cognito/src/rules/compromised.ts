import type { Client } from "../model/client";
import { notAuthorized, passwordCompromised } from "../model/failures";
import type { Pool, Risk } from "../model/pool";

/** Passwords that fit common policies and stand in every list of leaked ones: enough to see the refusal. */
const LEAKED = new Set(
  "password password1 password123 password1! password123! password@123 p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword1 passw0rd passw0rd! welcome1 welcome1! welcome@123 welcome123! qwerty123 qwerty123! qwerty1! admin123 admin@123 admin123! letmein1! changeme1! changeme123! 12345678 123456789 1234567890 iloveyou1! abc123456 abcd1234 abcd@1234 summer2024! winter2024! test1234 test@1234 test1234!".split(
    " ",
  ),
);

/** What a client does about dangers by a setting of its own, or, without a client, the pool. */
export function riskOf({ risks = [] }: Pool, clientId: string | undefined): Risk | undefined {
  return risks.find((risk) => risk.clientId === clientId);
}

type Event = "SIGN_IN" | "PASSWORD_CHANGE" | "SIGN_UP";

/**
 * Refuses a password that everybody knows, where the pool's threat protection is enforced and says BLOCK for this event
 * (developer guide, "Working with compromised-credentials detection"). Upper and lower case are one.
 *
 * @throws NotAuthorizedException at sign-in, InvalidPasswordException otherwise
 */
export function assertNotCompromised(
  { pool, client }: { pool: Pool; client?: Client | undefined },
  password: string,
  event: Event,
): void {
  if (pool.settings.UserPoolAddOns?.AdvancedSecurityMode !== "ENFORCED") return;
  const risk = (client && riskOf(pool, client.id)) ?? riskOf(pool, undefined);
  const configuration = risk?.settings.CompromisedCredentialsRiskConfiguration;
  if (configuration?.Actions.EventAction !== "BLOCK") return;
  if (configuration.EventFilter && !configuration.EventFilter.includes(event)) return;
  if (!LEAKED.has(password.toLowerCase())) return;
  throw event === "SIGN_IN" ? notAuthorized.securityReasons() : passwordCompromised();
}
