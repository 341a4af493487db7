import { invalidParameter, notInTier } from "../model/failures";
import type { Pool, PoolFactors, PoolSettings } from "../model/pool";
import type { Factor, User } from "../model/user";
import { poolFactors, usableFactors } from "./next-step";

interface PoolMfa {
  MfaConfiguration?: PoolSettings["MfaConfiguration"] | undefined;
  SoftwareTokenMfaConfiguration?: { Enabled: boolean } | undefined;
  SmsMfaConfiguration?:
    | {
        SmsAuthenticationMessage?: string | undefined;
        SmsConfiguration?: PoolSettings["SmsConfiguration"];
      }
    | undefined;
  EmailMfaConfiguration?: PoolFactors["email"];
}

/**
 * The pool after SetUserPoolMfaConfig. A factor that is left out is off.
 *
 * The refusals and their words: as seen on AWS by go-to-k/cdkd#1923 and hashicorp/terraform-provider-aws.
 * @throws InvalidParameterException
 */
export function withPoolMfa(pool: Pool, wanted: PoolMfa): Pool {
  const { SoftwareTokenMfaConfiguration, SmsMfaConfiguration, EmailMfaConfiguration } = wanted;
  const MfaConfiguration = wanted.MfaConfiguration ?? pool.settings.MfaConfiguration;
  const factors = {
    softwareToken: SoftwareTokenMfaConfiguration?.Enabled ?? false,
    sms: SmsMfaConfiguration !== undefined,
    email: EmailMfaConfiguration,
  };
  if (EmailMfaConfiguration) assertEmailFactor(pool);
  const any = factors.softwareToken || factors.sms || factors.email !== undefined;
  if (MfaConfiguration === "OFF" && any) {
    throw invalidParameter(
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    );
  }
  if (MfaConfiguration !== "OFF" && !any) {
    throw invalidParameter(
      "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
    );
  }
  const SmsConfiguration = SmsMfaConfiguration?.SmsConfiguration ?? pool.settings.SmsConfiguration;
  if (factors.sms && !SmsConfiguration) throw invalidParameter("SMS configuration is required for SMS MFA");
  const message = SmsMfaConfiguration?.SmsAuthenticationMessage;
  return {
    ...pool,
    factors,
    settings: {
      ...pool.settings,
      MfaConfiguration,
      SmsConfiguration,
      ...(message !== undefined && { SmsAuthenticationMessage: message }),
    },
  };
}

/**
 * Mails with codes are for the larger feature plans, and for pools that send by an identity of their own (developer guide,
 * "SMS and email message MFA").
 */
function assertEmailFactor({ settings }: Pool): void {
  if (settings.UserPoolTier === "LITE") throw notInTier("Email MFA");
  if (settings.EmailConfiguration?.EmailSendingAccount !== "DEVELOPER") {
    throw invalidParameter("Email MFA requires an email configuration with EmailSendingAccount DEVELOPER.");
  }
}

/**
 * Which factors a pool offers after CreateUserPool or UpdateUserPool, which can only add SMS to them.
 * @param before the pool as it was, when it exists.
 * @throws InvalidParameterException for MFA without a factor, and for turning it ON later on.
 */
export function factorsAfter(settings: PoolSettings, before: Pool | undefined): PoolFactors | undefined {
  const { MfaConfiguration, SmsConfiguration } = settings;
  if (MfaConfiguration === "OFF") return before?.factors;
  if (MfaConfiguration === "ON" && before && before.settings.MfaConfiguration !== "ON") {
    throw invalidParameter("Cannot turn MFA functionality ON, once the user pool has been created.");
  }
  const { softwareToken, sms, email } = before?.factors ?? {};
  if (softwareToken || sms || email) return before?.factors;
  if (SmsConfiguration) return { softwareToken: false, sms: true };
  throw invalidParameter(
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
  );
}

interface Preference {
  Enabled: boolean;
  PreferredMfa: boolean;
}
export interface Preferences {
  SMSMfaSettings?: Preference | undefined;
  SoftwareTokenMfaSettings?: Preference | undefined;
  EmailMfaSettings?: Preference | undefined;
}

/**
 * The user with these preferences; what is left out stays as it is.
 * @throws InvalidParameterException for a factor that the pool or the user does not have.
 */
export function withPreferences(pool: Pool, user: User, wanted: Preferences): User {
  const usable = usableFactors(pool, user);
  let enabled = user.mfa?.enabled ?? [];
  let preferred = user.mfa?.preferred;
  const said: [Factor, Preference | undefined][] = [
    ["SMS_MFA", wanted.SMSMfaSettings],
    ["SOFTWARE_TOKEN_MFA", wanted.SoftwareTokenMfaSettings],
    ["EMAIL_OTP", wanted.EmailMfaSettings],
  ];
  if (said.filter(([, preference]) => preference?.PreferredMfa).length > 1) {
    throw invalidParameter("Only one MFA type can be preferred");
  }
  for (const [factor, preference] of said) {
    if (!preference) continue;
    if (preference.PreferredMfa && !preference.Enabled) {
      throw invalidParameter(`${factor} cannot be preferred without being enabled`);
    }
    if (preference.Enabled && !usable.includes(factor)) throw cannotEnable(pool, factor);
    enabled = enabled.filter((other) => other !== factor);
    if (preference.Enabled) enabled = [...enabled, factor];
    if (preference.PreferredMfa) preferred = factor;
    else if (preferred === factor) preferred = undefined;
  }
  return { ...user, mfa: { ...user.mfa, enabled, preferred } };
}

function cannotEnable(pool: Pool, factor: Factor): Error {
  return poolFactors(pool).includes(factor)
    ? invalidParameter(`User does not have delivery config set to turn on ${factor}`)
    : invalidParameter(`${factor} is not enabled for the user pool`);
}
